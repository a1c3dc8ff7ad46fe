package io.millrace.cli.tables.rows;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.millrace.cli.failures.CommandFailedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of cells of a CSV file and its kin. Lines without a character are passed over. */
final class SeparatedRows implements RawRows {
  private static final int MOST_CELLS = 1_000_000;

  private static final Pattern LINE = Pattern.compile("starting at line (\\d+)");

  /** No file has it, so nothing is quoted. */
  private static final char NO_QUOTE = '\0';

  private final Path file;
  private final CloseableIterator<CsvRecord> records;

  /**
   * @param file its name in messages
   * @param text closed with this
   */
  SeparatedRows(Path file, Reader text, Form.Separated form) {
    this.file = file;
    this.records =
        reader(form)
            .fieldSeparator(form.separator())
            .quoteCharacter(form.hasQuotes() ? '"' : NO_QUOTE)
            .allowUnclosedQuote(false) // otherwise it takes the rest of the file as one cell
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(CsvRecordHandler.builder().maxFields(MOST_CELLS).build(), text)
            .iterator();
  }

  /**
   * Returns a reader that forgives what stands between a quote and a separator: spaces, or else any
   * characters. The library's other way of forgiving those is to end at them.
   */
  @SuppressWarnings("removal")
  private static CsvReader.CsvReaderBuilder reader(Form.Separated form) {
    return form.isPadded()
        ? CsvReader.builder().trimWhitespacesAroundQuotes(true)
        : CsvReader.builder().allowExtraCharsAfterClosingQuote(true);
  }

  @Override
  public boolean hasNext() {
    return read(records::hasNext);
  }

  @Override
  public RawRow next() {
    CsvRecord record = read(records::next);
    return new RawRow(record.getStartingLineNumber(), record.getFields());
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T read(Supplier<T> step) {
    try {
      return step.get();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof CommandFailedException unread) {
        throw unread;
      }
      throw unreadable(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw new CommandFailedException(file + " cannot be read: " + e.getMessage());
    }
  }

  private CommandFailedException unreadable(String reason) {
    Matcher line = LINE.matcher(reason);
    boolean isUnclosed = reason.contains("Unclosed") || reason.contains("maximum buffer size");
    return new CommandFailedException(
        isUnclosed && line.find()
            ? "%s: a quote that opens in line %s never closes; close it, or write \"\" where it is a character of a quoted cell"
                .formatted(file, line.group(1))
            : file + " is no CSV file: " + reason);
  }
}
