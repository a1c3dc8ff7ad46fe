package io.millrace.trainer.intake;

import io.millrace.learning.ModelDefinition;

/** Makes decoders of records in one format. */
@FunctionalInterface
public interface DecoderFactory {
  /** Returns a new decoder into the rows of {@code model}. */
  RecordDecoder decoder(ModelDefinition model);
}
