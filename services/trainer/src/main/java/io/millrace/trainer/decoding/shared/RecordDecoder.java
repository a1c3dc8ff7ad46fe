package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ExampleBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record format. Reuses its buffers for all records. Owned by the training thread.
 *
 * <p>Bad input is a return value: {@link #decode} never throws, whatever the bytes are.
 */
public interface RecordDecoder {

  /**
   * Writes the record into row {@link ExampleBatch#size()} of {@code rows}. The caller then adds
   * the row to the batch or ignores it.
   *
   * @param value the record's value; null for a tombstone
   * @return null if the row is complete, else why it is not; the row is then undefined
   */
  @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows);
}
