package io.millrace.cli.sample;

import io.millrace.cli.failures.CommandFailedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of sampled rows, and which one is the label. Confined to one thread. */
public final class DataSample {
  private static final List<String> LABELS =
      List.of("target", "label", "class", "outcome", "species", "category", "y");

  private final Map<String, ColumnSample> columns = new LinkedHashMap<>();
  private long rows;

  /** Adds a row, its cells by column name. */
  public void add(Map<String, String> row) {
    rows++;
    row.forEach(
        (name, value) -> columns.computeIfAbsent(name, ColumnSample::new).add(value.strip()));
  }

  public long rows() {
    return rows;
  }

  List<ColumnSample> columns() {
    return List.copyOf(columns.values());
  }

  /**
   * Returns the label's column: the requested one, otherwise one with a typical name, otherwise the
   * last.
   *
   * @throws CommandFailedException if there is no such column
   */
  ColumnSample label(@Nullable String asked) {
    if (columns.isEmpty()) {
      throw new CommandFailedException("there are no rows to guess settings from");
    }
    if (asked != null) {
      return Optional.ofNullable(columns.get(asked))
          .orElseThrow(
              () ->
                  new CommandFailedException(
                      "there is no column %s; there are: %s"
                          .formatted(asked, String.join(", ", columns.keySet()))));
    }
    return LABELS.stream()
        .flatMap(name -> columns().stream().filter(column -> isNamed(column, name)))
        .findFirst()
        .orElseGet(() -> columns().get(columns.size() - 1));
  }

  private static boolean isNamed(ColumnSample column, String name) {
    return column.name().toLowerCase(Locale.ROOT).equals(name);
  }
}
