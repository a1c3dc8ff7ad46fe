package io.millrace.cli.tables;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file's rows are written: what was understood of one file, and what the section {@code file}
 * of the settings keeps for the files that follow. Separator, encoding and compression are not
 * here, because every file shows its own.
 *
 * @param header what the first row is
 * @param missing spellings of a missing value, in any case, besides an empty cell
 * @param remarks sentences for a person about the file that was looked at; empty where none was
 */
public record FileSettings(Header header, List<String> missing, List<String> remarks) {
  private static final List<String> MISSING =
      List.of("?", "-", "NA", "N/A", "null", "None", "NaN", "#N/A");

  /** What the first row is. */
  public enum Header {
    /** The names of the columns. */
    FIRST_ROW,
    /** Values like those below it: the columns are {@code column_1}, {@code column_2} and so on. */
    NONE
  }

  public FileSettings {
    missing = List.copyOf(missing);
    remarks = List.copyOf(remarks);
  }

  /**
   * Looks at a file.
   *
   * @throws CommandFailedException with one sentence if it does not exist, or holds no table
   */
  public static FileSettings detect(Path file) {
    FileSettings settings = new FileSettings(Header.FIRST_ROW, MISSING, List.of());
    Table.open(file, settings).close();
    return settings;
  }

  /** Reads the section {@code file}; one that is absent has the defaults. */
  public static FileSettings read(Section section) {
    return new FileSettings(
        section
            .choice("header", Header.class, "what the first row of a file of rows is")
            .orElse(Header.FIRST_ROW),
        section
            .texts("missing", "spellings of a missing value in such a file, in any case")
            .orElse(MISSING),
        List.of());
  }

  /** Returns the lines of the section {@code file}; none where everything is as by default. */
  public List<String> yaml() {
    List<String> lines = new ArrayList<>();
    if (header == Header.NONE) {
      lines.add("  header: none");
    }
    if (!lines.isEmpty()) {
      lines.add(0, "file:");
    }
    return lines;
  }
}
