package io.millrace.cli.tryout;

import io.millrace.cli.terminal.Figures;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows that cannot be used, by reason. Confined to one thread. */
final class Rejections {
  private static final int LISTED = 3;

  private final String label;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private long rows;
  private long misshapen;

  /**
   * @param label the field with the label
   */
  Rejections(String label) {
    this.label = label;
  }

  /** Adds a row that the trainer would reject. */
  void add(Rejected rejected, long line) {
    boolean isLabel = label.equals(rejected.field());
    boolean isUnlabelled = isLabel && rejected.reason() == Rejected.Reason.MISSING_FIELD;
    add(
        isUnlabelled
            ? "no label in '%s'; fill it in: nothing is learned from such a row".formatted(label)
            : rejected.message() + "; " + mend(rejected.reason()),
        line);
  }

  /** Adds a row that is not sent at all. */
  void addMisshapen(List<String> problems, long line) {
    String kind = String.join(", ", problems).replaceFirst(":.*", ""); // details differ by row
    add("each " + kind + "; correct it", line);
    misshapen++;
  }

  long rows() {
    return rows;
  }

  /** Returns how many of them are not sent at all. */
  long misshapen() {
    return misshapen;
  }

  /** Returns the most frequent reasons, each with its first line in the file and the mend. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    kinds.values().stream()
        .sorted(Comparator.comparing(kind -> -kind.rows))
        .limit(LISTED)
        .forEach(
            kind ->
                lines.add(
                    "%s, first in line %d: %s"
                        .formatted(Figures.count(kind.rows), kind.line, kind.reason)));
    if (kinds.size() > LISTED) {
      lines.add("and for " + (kinds.size() - LISTED) + " other reasons");
    }
    return lines;
  }

  private void add(String reason, long line) {
    kinds.computeIfAbsent(reason, key -> new Kind(key, line)).rows++;
    rows++;
  }

  private static String mend(Rejected.Reason reason) {
    return switch (reason) {
      case MISSING_FIELD -> "fill it in, or give the field `missing: mean` in the settings";
      case NOT_A_NUMBER ->
          "correct it, or name its spelling under `file.missing` in the settings, or make the field"
              + " a category";
      case LABEL_RANGE -> "correct it, or add it to the output's `classes` in the settings";
      default -> "correct it, or leave the field out of the settings";
    };
  }

  /** The rows with one reason. */
  private static final class Kind {
    private final String reason;
    private final long line;
    private long rows;

    Kind(String reason, long line) {
      this.reason = reason;
      this.line = line;
    }
  }
}
