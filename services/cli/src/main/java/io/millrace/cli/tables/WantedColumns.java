package io.millrace.cli.tables;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.settings.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns that a model needs of a file. */
public final class WantedColumns {
  private WantedColumns() {}

  /**
   * Checks that all of them are there.
   *
   * @param source the file or stream, in messages
   * @throws CommandFailedException with what is missing, what may be meant, and what is there
   */
  public static void require(String source, List<String> columns, Collection<String> wanted) {
    Set<String> lacking = new LinkedHashSet<>(wanted);
    columns.forEach(lacking::remove);
    if (lacking.isEmpty()) {
      return;
    }
    List<String> others = new ArrayList<>(columns);
    others.removeAll(wanted);
    List<String> hints = new ArrayList<>();
    for (String name : lacking) {
      meant(name, others).ifPresent(column -> hints.add("%s for %s".formatted(column, name)));
    }
    boolean isWithoutHeader = columns.stream().anyMatch(WantedColumns::isNumber);
    throw new CommandFailedException(
        "%s has no column %s; it has: %s%s%s"
            .formatted(
                source,
                Words.list(lacking),
                Words.list(columns),
                hints.isEmpty() ? "" : "; did you mean " + Words.list(hints) + "?",
                isWithoutHeader
                    ? "; its first row seems to hold values; name the columns there"
                    : ""));
  }

  /** Checks that all fields of a model, labels included, are there. */
  public static void require(String source, List<String> columns, ModelDefinition model) {
    List<String> wanted = new ArrayList<>();
    for (InputSettings input : model.inputs()) {
      input.cells().forEach(cell -> wanted.add(cell.field()));
    }
    model.labelledOutputs().stream().map(OutputSettings::field).forEach(wanted::add);
    require(source, columns, wanted);
  }

  private static Optional<String> meant(String name, List<String> columns) {
    return columns.stream()
        .filter(column -> plain(column).equals(plain(name)))
        .findFirst()
        .or(() -> Spelling.nearest(name, columns));
  }

  private static boolean isNumber(String name) {
    return NumberText.read(name, false) != null || NumberText.read(name, true) != null;
  }

  /** Returns a name without case, spaces and punctuation. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
