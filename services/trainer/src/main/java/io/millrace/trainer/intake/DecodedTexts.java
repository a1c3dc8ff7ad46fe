package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fields as texts by a format's own decoder, which fills no row. */
final class DecodedTexts implements FieldTexts {
  private static final Rows NO_ROWS = new Rows(1, new int[0], new int[0]);

  private final TextColumn[] columns;
  private final RecordDecoder decoder;

  DecodedTexts(List<String> fields, Function<Columns, RecordDecoder> decoders) {
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
