package io.millrace.cli.tables;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a file's rows are written: what was understood of one file, and what the section {@code file}
 * of the settings keeps for the files that follow. Separator, encoding and compression are not
 * here, because every file shows its own.
 *
 * @param header what the first row is
 * @param columns how the values of columns are written, by name; what other columns hold is told by
 *     the file that is read
 * @param missing spellings of a missing value, in any case, besides an empty cell
 * @param remarks sentences for a person about the file that was looked at; empty where none was
 */
public record FileSettings(
    Header header, Map<String, ColumnForm> columns, List<String> missing, List<String> remarks) {

  /** What the first row is. */
  public enum Header {
    /** The names of the columns. */
    FIRST_ROW,
    /** Values like those below it: the columns are {@code column_1}, {@code column_2} and so on. */
    NONE
  }

  /** The forms that the section keeps, each with what it is for. */
  private static final Map<ColumnForm, String> KEPT = kept();

  private static Map<ColumnForm, String> kept() {
    Map<ColumnForm, String> kept = new LinkedHashMap<>();
    kept.put(ColumnForm.DECIMAL_POINT, "numbers such as 1,234.5, $5 or 12 %");
    kept.put(ColumnForm.DECIMAL_COMMA, "numbers such as 1.234,5");
    kept.put(ColumnForm.DAY_FIRST, "dates such as 31/12/2020");
    kept.put(ColumnForm.MONTH_FIRST, "dates such as 12/31/2020");
    return kept;
  }

  public FileSettings {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    missing = List.copyOf(missing);
    remarks = List.copyOf(remarks);
  }

  /**
   * Looks at a file. Columns that the result does not tell how to read stay as they are written.
   *
   * @throws CommandFailedException with one sentence if it does not exist, or holds no table
   */
  public static FileSettings detect(Path file) {
    FileLook look = FileLook.at(file, null, new Missing(Missing.SPELLINGS));
    ColumnForms forms = new ColumnForms(look, Map.of());
    boolean isWithout = !look.hasHeader() && !look.file().isJson();
    return new FileSettings(
        isWithout ? Header.NONE : Header.FIRST_ROW,
        forms.forms(),
        Missing.SPELLINGS,
        Remarks.of(look, forms));
  }

  /** Reads the section {@code file}; one that is absent has the defaults. */
  public static FileSettings read(Section section) {
    Header header =
        section
            .choice(
                "header",
                Header.class,
                "what the first row of a file is: the columns' names; or a row, of column_1,"
                    + " column_2 and so on")
            .orElse(Header.FIRST_ROW);
    Map<String, ColumnForm> columns = new LinkedHashMap<>();
    KEPT.forEach(
        (form, meaning) -> {
          List<String> names = section.texts(key(form), "columns of " + meaning).orElse(List.of());
          for (String name : names) {
            if (columns.put(name, form) != null) {
              section.report(
                  key(form), "has " + name + " a second time; allowed: each column once");
            }
          }
        });
    List<String> missing =
        section
            .texts("missing", "spellings of a missing value, in any case")
            .optional()
            .orElse(Missing.SPELLINGS);
    return new FileSettings(header, columns, missing, List.of());
  }

  /**
   * Returns settings that leave these columns as they are written, such as those of names and of
   * texts, if nothing else is said of them.
   */
  public FileSettings withTexts(Collection<String> names) {
    Map<String, ColumnForm> all = new LinkedHashMap<>(columns);
    names.forEach(name -> all.putIfAbsent(name, ColumnForm.AS_WRITTEN));
    return new FileSettings(header, all, missing, remarks);
  }

  /** Returns the lines of the section {@code file}; none where everything is as by default. */
  public List<String> yaml() {
    List<String> lines = new ArrayList<>();
    if (header == Header.NONE) {
      lines.add("  header: none                      # the first row holds values");
    }
    KEPT.forEach(
        (form, meaning) -> {
          List<String> names =
              columns.keySet().stream().filter(name -> columns.get(name) == form).toList();
          if (!names.isEmpty()) {
            String list = Quoted.list(names);
            lines.add("  %s: %s   # %s".formatted(key(form), list, meaning));
          }
        });
    if (!missing.equals(Missing.SPELLINGS)) {
      lines.add("  missing: " + Quoted.list(missing));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "file:                               # how files of these records are written");
    }
    return lines;
  }

  private static String key(ColumnForm form) {
    return form.name().toLowerCase(Locale.ROOT);
  }
}
