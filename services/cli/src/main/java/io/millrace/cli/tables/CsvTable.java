package io.millrace.cli.tables;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.millrace.cli.failures.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** A CSV file that is read row by row, its header first. Confined to one thread. */
final class CsvTable implements Table {
  private final Path file;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> columns;
  private final Set<String> missing;

  private CsvTable(Path file, CloseableIterator<CsvRecord> records, Set<String> missing) {
    this.file = file;
    this.records = records;
    this.missing = missing;
    if (!hasNext()) {
      throw new CommandFailedException(file + " is empty: its first line has to name the columns");
    }
    this.columns = read(records::next).getFields().stream().map(String::strip).toList();
  }

  /** Opens a file in UTF-8, with or without a byte order mark; a .gz file is unpacked. */
  static CsvTable open(Path file, FileSettings settings) {
    CloseableIterator<CsvRecord> records =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowUnclosedQuote(false) // otherwise it takes the rest of the file as one cell
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(unpacked(file))
            .iterator();
    Set<String> missing = new HashSet<>();
    settings.missing().forEach(spelling -> missing.add(spelling.toLowerCase(Locale.ROOT)));
    return new CsvTable(file, records, missing);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    return read(records::hasNext);
  }

  @Override
  public TableRow next() {
    CsvRecord record = read(records::next);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String cell = i < record.getFieldCount() ? record.getField(i).strip() : "";
      cells.add(missing.contains(cell.toLowerCase(Locale.ROOT)) ? "" : cell);
    }
    return new TableRow(record.getStartingLineNumber(), cells, problems(record.getFieldCount()));
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> problems(int count) {
    return count == columns.size()
        ? List.of()
        : List.of("has %d cells, the header names %d".formatted(count, columns.size()));
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
