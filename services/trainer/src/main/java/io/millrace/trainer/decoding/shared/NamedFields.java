package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ModelDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A format whose records have fields with names, or paths to them: what the model reads, and what
 * else is asked for, is read by the same decoder.
 *
 * @param decoders makes a decoder into columns
 * @param known whether records may have a field
 * @param unreadable what a field is, where no value can be read from it
 */
public record NamedFields(
    Function<Columns, RecordDecoder> decoders,
    Predicate<String> known,
    Function<String, Optional<String>> unreadable)
    implements DecoderFactory {

  /** Makes a format of which nothing is known before its records are read. */
  public NamedFields(Function<Columns, RecordDecoder> decoders) {
    this(decoders, field -> true, field -> Optional.empty());
  }

  @Override
  public RecordDecoder decoder(ModelDefinition model) {
    return decoders.apply(new Columns(model));
  }

  @Override
  public FieldTexts texts(List<String> fields) {
    return new DecodedTexts(fields, decoders);
  }

  @Override
  public Optional<String> unreadable(String field) {
    return unreadable.apply(field);
  }

  @Override
  public boolean mayHave(String field, ModelDefinition model) {
    return known.test(field);
  }
}
