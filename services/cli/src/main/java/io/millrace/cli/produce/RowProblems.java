package io.millrace.cli.produce;

import io.millrace.cli.tables.TableRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was wrong with rows as a whole, by reason. Confined to one thread. */
final class RowProblems {
  private static final int SHOWN = 3;

  private final Map<String, Lines> byReason = new LinkedHashMap<>();

  /** The rows of one reason. */
  private static final class Lines {
    private final List<Long> first = new ArrayList<>();
    private long count;

    void add(long line) {
      count++;
      if (first.size() < SHOWN) {
        first.add(line);
      }
    }
  }

  void add(TableRow row) {
    String sent = row.isUsable() ? "sent" : "not sent";
    for (String problem : row.problems()) {
      String kind = problem.replaceFirst(":.*", ""); // details differ from row to row
      byReason.computeIfAbsent(sent + ", " + kind, key -> new Lines()).add(row.line());
    }
  }

  /** Returns a line for each reason. */
  List<String> lines() {
    List<String> texts = new ArrayList<>();
    byReason.forEach(
        (reason, lines) ->
            texts.add(
                "%d rows %s: line %s%s"
                    .formatted(
                        lines.count,
                        reason,
                        lines.first.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        lines.count > lines.first.size() ? " and others" : "")));
    return texts;
  }
}
