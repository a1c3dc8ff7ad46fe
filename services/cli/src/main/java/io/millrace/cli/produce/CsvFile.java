package io.millrace.cli.produce;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.millrace.cli.invocation.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file that is read row by row, its header first.
 *
 * <p>Rows with too few or too many cells are returned as they are; callers decide whether to use
 * them. Confined to one thread.
 */
public final class CsvFile implements AutoCloseable {
  private final Path file;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;

  private CsvFile(Path file, CloseableIterator<CsvRecord> records) {
    this.file = file;
    this.records = records;
    if (!hasNext()) {
      throw new CommandFailedException(file + " is empty: its first line has to name the columns");
    }
    this.header = next().stream().map(String::strip).toList();
  }

  /**
   * Opens a file in UTF-8, with or without a byte order mark; a .gz file is unpacked.
   *
   * @throws CommandFailedException if it does not exist, cannot be read or has no header
   */
  public static CsvFile open(Path file) {
    CloseableIterator<CsvRecord> records =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowUnclosedQuote(false) // otherwise it takes the rest of the file as one cell
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(unpacked(file))
            .iterator();
    return new CsvFile(file, records);
  }

  /** Returns the names of the columns. */
  public List<String> header() {
    return header;
  }

  /**
   * Returns whether there is another row.
   *
   * @throws CommandFailedException if the file is not valid CSV from here on
   */
  public boolean hasNext() {
    return read(records::hasNext);
  }

  /**
   * Returns the cells of the next row.
   *
   * @throws NoSuchElementException after the last row
   */
  public List<String> next() {
    return read(records::next).getFields();
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
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new CommandFailedException(file + " is no CSV file: " + reason);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputStream unpacked(Path file) {
    try {
      InputStream stream = Files.newInputStream(file);
      return file.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream;
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(file + " does not exist");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static CommandFailedException unreadable(Path file, Exception e) {
    return new CommandFailedException(file + " cannot be read: " + e.getMessage());
  }
}
