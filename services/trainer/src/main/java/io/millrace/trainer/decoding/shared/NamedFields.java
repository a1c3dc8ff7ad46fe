package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ModelDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A format whose records have named fields or paths to them. The same decoder reads the model's
 * fields and the additional texts.
 *
 * @param decoders creates a decoder into columns
 * @param known whether records may have a field
 * @param unreadable the type of a field, if it cannot be read
 */
public record NamedFields(
    Function<Columns, RecordDecoder> decoders,
    Predicate<String> known,
    Function<String, Optional<String>> unreadable)
    implements DecoderFactory {

  /** Creates a format without a schema: nothing is known before records are read. */
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
