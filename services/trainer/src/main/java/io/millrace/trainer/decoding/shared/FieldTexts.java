package io.millrace.trainer.decoding.shared;

import org.jspecify.annotations.Nullable;

/** Reads fields of a record as texts, whatever they mean to the model. */
public interface FieldTexts {

  /**
   * Reads the fields.
   *
   * @param value of a record that was decoded before
   * @param texts receives the text of each field as it is written; null where there is none
   * @return null, or why a field is no text
   */
  @Nullable Rejected read(byte[] value, @Nullable String[] texts);
}
