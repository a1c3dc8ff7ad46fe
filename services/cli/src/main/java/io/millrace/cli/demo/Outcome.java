package io.millrace.cli.demo;

import io.millrace.learning.Counts;
import java.util.List;
import java.util.Locale;

/**
 * The result of the demo.
 *
 * @param records the number of produced records
 * @param counts what became of the records
 * @param checkpoints the number of published checkpoints
 * @param served the last version, and its accuracy on all held-out rows
 * @param heldOutRows the number of held-out rows
 * @param seconds since the demo was started, the broker's start included
 */
record Outcome(
    long records,
    Counts counts,
    long checkpoints,
    Frame.Served served,
    int heldOutRows,
    double seconds) {
  private static final double PASSING_ACCURACY = 0.9;

  static Outcome of(Frame last, int heldOutRows, long begin) {
    return new Outcome(
        last.produced(),
        last.progress().learning().counts(),
        last.progress().version(),
        last.served(),
        heldOutRows,
        (System.nanoTime() - begin) / 1e9);
  }

  /**
   * Returns 0 if every record is accounted for and the served model is accurate enough; otherwise
   * 1.
   */
  int exitCode() {
    boolean complete = counts.trained() + counts.validated() + counts.rejected() == records;
    return complete && served.accuracy() >= PASSING_ACCURACY ? 0 : 1;
  }

  List<String> table() {
    return List.of(
        "",
        row("records", records, "went through the topic"),
        row("trained", counts.trained(), "in " + counts.steps() + " steps"),
        row(
            "validated",
            counts.validated(),
            "held out, in " + counts.evaluations() + " evaluations"),
        row("rejected", counts.rejected(), "as dead letters"),
        row("checkpoints", checkpoints, "published, each in one transaction"),
        "  served      version %s: %s of %d held-out rows right, over gRPC"
            .formatted(served.version(), percent(served.accuracy()), heldOutRows),
        "");
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "demo: records=%d trained=%d validated=%d rejected=%d checkpoints=%d served_version=%s"
            + " served_accuracy=%.4f seconds=%.1f",
        records,
        counts.trained(),
        counts.validated(),
        counts.rejected(),
        checkpoints,
        served.version(),
        served.accuracy(),
        seconds);
  }

  private static String row(String title, long number, String meaning) {
    return String.format(Locale.ROOT, "  %-11s %8d  %s", title, number, meaning);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
