package io.millrace.cli.produce;

import io.millrace.cli.tables.Lines;
import io.millrace.cli.tables.TableRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was wrong with rows as a whole, by reason. Confined to one thread. */
final class RowProblems {
  private final Map<String, Lines> byReason = new LinkedHashMap<>();
  private final Map<String, Integer> labels = new LinkedHashMap<>();

  /**
   * @param labels the columns without which a row has no use
   */
  RowProblems(List<String> columns, List<String> labels) {
    labels.forEach(label -> this.labels.put(label, columns.indexOf(label)));
  }

  void add(TableRow row) {
    for (String problem : row.problems()) {
      String kind = problem.replaceFirst(":.*", ""); // details differ from row to row
      add(row, (row.isUsable() ? "sent, " : "left out, ") + kind);
    }
    if (row.isUsable()) {
      labels.forEach(
          (label, column) -> {
            if (column >= 0 && row.cells().get(column).isEmpty()) {
              add(row, "sent, without " + label + ", which the trainer will reject");
            }
          });
    }
  }

  private void add(TableRow row, String reason) {
    byReason.computeIfAbsent(reason, key -> new Lines()).add(row.line());
  }

  /** Returns a line for each reason. */
  List<String> lines() {
    List<String> texts = new ArrayList<>();
    byReason.forEach(
        (reason, lines) ->
            texts.add(
                "%d %s %s: %s"
                    .formatted(lines.count(), lines.count() == 1 ? "row" : "rows", reason, lines)));
    return texts;
  }
}
