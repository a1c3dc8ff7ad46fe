package io.millrace.trainer.intake;

import io.millrace.learning.ModelDefinition;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A format whose records have fields with names, or paths to them: what the model reads, and what
 * else is asked for, is read by the same decoder.
 *
 * @param decoders makes a decoder into columns
 * @param known whether records may have a field
 */
record NamedFields(Function<Columns, RecordDecoder> decoders, Predicate<String> known)
    implements DecoderFactory {

  @Override
  public RecordDecoder decoder(ModelDefinition model) {
    return decoders.apply(new Columns(model));
  }

  @Override
  public FieldTexts texts(List<String> fields) {
    return new DecodedTexts(fields, decoders);
  }

  @Override
  public boolean mayHave(String field, ModelDefinition model) {
    return known.test(field);
  }
}
