package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ModelDefinition;
import java.util.List;
import java.util.Optional;

/** Creates the readers of records in one format. */
public interface DecoderFactory {
  /** Returns a new decoder that writes into the rows of {@code model}. */
  RecordDecoder decoder(ModelDefinition model);

  /** Returns a new reader of fields as texts. */
  FieldTexts texts(List<String> fields);

  /** Returns a field's type if no model can read it. */
  default Optional<String> unreadable(String field) {
    return Optional.empty();
  }

  /** Returns whether records may have a field that can be read as a text. */
  boolean mayHave(String field, ModelDefinition model);
}
