package io.millrace.cli.tables.rows;

import io.millrace.cli.failures.CommandFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file whose rows can be told apart: its compression, its encoding and its form are known. */
public final class RowFile {
  private static final int HEAD = 1 << 19;

  private final Path file;
  private final Form form;
  private final String words;

  private RowFile(Path file, Form form, String words) {
    this.file = file;
    this.form = form;
    this.words = words;
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws CommandFailedException with one sentence if there is no file, or it has no rows
   */
  public static RowFile of(Path file) {
    try (TextFile text = TextFile.open(file)) {
      String head = text.head(HEAD);
      boolean isWhole = head.length() < HEAD;
      Optional<Form> json = JsonForm.of(file, head, isWhole);
      Form form = json.isPresent() ? json.get() : FormGuess.of(file, head, isWhole);
      boolean isUsual = text.encoding().equals(StandardCharsets.UTF_8);
      String words =
          form.words()
              + (isUsual ? "" : ", in " + text.encoding().displayName())
              + (text.isPacked() ? ", packed by gzip" : "");
      return new RowFile(file, form, words);
    }
  }

  /** Returns what it is, for a person. */
  public String words() {
    return words;
  }

  /** Returns whether rows are JSON objects, which name their values. */
  public boolean isJson() {
    return form instanceof Form.Objects;
  }

  /** Returns whether cells are separated by semicolons. */
  public boolean hasSemicolons() {
    return form instanceof Form.Separated separated && separated.separator() == ';';
  }

  /** Opens the rows, the first one included, whatever it is. Only for files that are not JSON. */
  public RawRows rows() {
    TextFile text = TextFile.open(file);
    return form instanceof Form.Separated separated
        ? new SeparatedRows(file, text, separated)
        : new SpacedRows(text);
  }

  /** Opens the rows of a JSON file, whose cells are the values of these keys. */
  public RawRows rows(List<String> keys) {
    return new ObjectRows(objects(), keys);
  }

  /** Opens the objects of a JSON file. */
  public JsonObjects objects() {
    if (form instanceof Form.Objects objects) {
      return JsonObjects.open(file, TextFile.open(file), objects);
    }
    throw new IllegalStateException(file + " is not JSON");
  }
}
