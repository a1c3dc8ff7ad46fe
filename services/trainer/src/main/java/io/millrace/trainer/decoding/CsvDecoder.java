package io.millrace.trainer.decoding;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one line of CSV each (RFC 4180), without a header.
 *
 * <p>All cells are text. A cell is parsed as a number if the model needs one, and as numbers
 * separated by spaces, semicolons or bars if the model needs several. An empty cell is a missing
 * value.
 */
final class CsvDecoder implements RecordDecoder {
  private static final Rejected MALFORMED = Rejected.undecodable("malformed CSV");

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final CsvReader.CsvReaderBuilder csv;
  private final Columns columns;
  private final @Nullable Column[] byCell;

  /**
   * @param names the names of the cells, in order
   */
  CsvDecoder(Columns columns, List<String> names, char separator) {
    this.csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowUnclosedQuote(false)
            .skipEmptyLines(false);
    this.columns = columns;
    this.byCell = names.stream().map(columns::of).toArray(Column[]::new);
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    if (value == null || value.length == 0) {
      return MALFORMED;
    }
    columns.begin();
    try {
      String line = utf8.decode(ByteBuffer.wrap(value)).toString();
      Iterator<CsvRecord> records = csv.ofCsvRecord(line).iterator();
      CsvRecord record = records.next();
      Rejected rejected = records.hasNext() ? MALFORMED : cells(record, rows);
      return rejected == null ? columns.firstMissing(rows) : rejected;
    } catch (CharacterCodingException | CsvParseException | UncheckedIOException e) {
      return MALFORMED;
    }
  }

  private @Nullable Rejected cells(CsvRecord record, ExampleBatch rows) {
    if (record.getFieldCount() != byCell.length) {
      return Rejected.undecodable(record.getFieldCount() + " of " + byCell.length + " cells");
    }
    Rejected rejected = null;
    for (int i = 0; i < byCell.length && rejected == null; i++) {
      Column column = byCell[i];
      String text = column == null ? "" : record.getField(i);
      rejected = column == null || text.isEmpty() ? null : column.untyped(text, rows);
    }
    return rejected;
  }
}
