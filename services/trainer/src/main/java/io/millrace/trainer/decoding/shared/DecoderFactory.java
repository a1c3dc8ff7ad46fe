package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ModelDefinition;
import java.util.List;
import java.util.Optional;

/** Makes what reads records in one format. */
public interface DecoderFactory {
  /** Returns a new decoder into the rows of {@code model}. */
  RecordDecoder decoder(ModelDefinition model);

  /** Returns a new reader of fields as texts. */
  FieldTexts texts(List<String> fields);

  /** Returns what a field is, where no record can give a value of it to a model. */
  default Optional<String> unreadable(String field) {
    return Optional.empty();
  }

  /** Returns whether records may have a field that can be read as a text. */
  boolean mayHave(String field, ModelDefinition model);
}
