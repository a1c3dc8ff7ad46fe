package io.millrace.trainer.decoding.shared;

import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a record as texts, regardless of their meaning to the model. Reuses its buffers
 * for all records. Owned by the training thread.
 */
public interface FieldTexts {

  /**
   * Reads the fields.
   *
   * @param value the value of a record that was already decoded
   * @param texts receives the text of each field as it is written; null for an absent field
   * @return null, or why a field cannot be read as a text
   */
  @Nullable Rejected read(byte[] value, @Nullable String[] texts);
}
