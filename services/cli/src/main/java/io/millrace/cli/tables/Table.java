package io.millrace.cli.tables;

import io.millrace.cli.failures.CommandFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a file in one form for all commands. Cells are normalized: numbers in JSON's
 * notation, dates in ISO 8601, missing as an empty text, everything else as written and stripped.
 *
 * <p>Rows are read as they are asked for, so a file may be larger than the memory. Confined to one
 * thread.
 */
public interface Table extends AutoCloseable {

  /**
   * Opens a file.
   *
   * @throws CommandFailedException with one sentence if it does not exist, or holds no table
   */
  static Table open(Path file, FileSettings settings) {
    Missing missing = new Missing(settings.missing());
    FileLook look = FileLook.at(file, settings.header(), missing);
    return new FileTable(look, new ColumnForms(look, settings.columns()).forms(), missing);
  }

  /** Returns the names of the columns, each once. */
  List<String> columns();

  /**
   * Returns whether there is another row.
   *
   * @throws CommandFailedException if the file cannot be read from here on
   */
  boolean hasNext();

  /**
   * Returns the next row.
   *
   * @throws NoSuchElementException after the last row
   * @throws CommandFailedException if the file cannot be read from here on
   */
  TableRow next();

  @Override
  void close();
}
