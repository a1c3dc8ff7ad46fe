package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ExampleBatch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fields as texts with a format's own decoder, without filling a row. */
public final class DecodedTexts implements FieldTexts {
  private static final ExampleBatch NO_ROWS = new ExampleBatch(1, new int[0], new int[0]);

  private final TextColumn[] columns;
  private final RecordDecoder decoder;

  public DecodedTexts(List<String> fields, Function<Columns, RecordDecoder> decoders) {
    columns = fields.stream().map(TextColumn::new).toArray(TextColumn[]::new);
    decoder = decoders.apply(new Columns(List.of(columns)));
  }

  @Override
  public @Nullable Rejected read(byte[] value, @Nullable String[] texts) {
    Rejected rejected = decoder.decode(value, NO_ROWS);
    for (int i = 0; i < columns.length; i++) {
      texts[i] = columns[i].text();
    }
    return rejected;
  }
}
