package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ExampleBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record format. Keeps buffers between records and is owned by the training thread.
 *
 * <p>Bad input is a value: whatever the bytes are, {@link #decode} returns and does not throw.
 */
public interface RecordDecoder {

  /**
   * Writes the record into row {@link ExampleBatch#size()} of {@code rows}, which the caller then
   * takes or leaves.
   *
   * @param value the record's value; null for a tombstone
   * @return null when the row is complete, else why it is not; the row is then undefined
   */
  @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows);
}
