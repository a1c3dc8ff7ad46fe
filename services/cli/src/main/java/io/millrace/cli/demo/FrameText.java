package io.millrace.cli.demo;

import io.millrace.cli.live.Rows;
import io.millrace.cli.live.TrainerPanel;
import java.util.List;
import java.util.Locale;

/** Formats a {@link Frame}: what every trainer shows, and what the demo knows besides. */
final class FrameText {
  private static final int BAR_WIDTH = 30;

  private FrameText() {}

  /** Returns one plain line, for a log. */
  static String line(Frame frame) {
    return String.format(
        Locale.ROOT,
        "%5.1fs of %d: %s served_version=%s served_accuracy=%s",
        frame.seconds(),
        frame.total(),
        TrainerPanel.line(frame.progress(), frame.progress().recordsPerSecond()),
        frame.served().version().isEmpty() ? "-" : frame.served().version(),
        decimal(frame.served().accuracy()));
  }

  /** Returns a block of lines, for a terminal. */
  static List<String> block(Frame frame, TrainerPanel panel) {
    Rows rows = new Rows();
    rows.add(
        "records",
        String.format(
            Locale.ROOT,
            "%s %d of %d   %.0f/s   lag %d",
            bar(frame.consumed(), frame.total()),
            frame.consumed(),
            frame.total(),
            frame.progress().recordsPerSecond(),
            Math.max(0, frame.produced() - frame.consumed())));
    panel.addLearning(rows, frame.progress());
    rows.add("serving", served(frame));
    return rows.lines();
  }

  private static String served(Frame frame) {
    Frame.Served served = frame.served();
    long newest = frame.progress().version();
    return served.version().isEmpty()
        ? "no model yet   checkpoint %d published".formatted(newest)
        : "version %s of %d   %s right over gRPC   %s"
            .formatted(served.version(), newest, decimal(served.accuracy()), served.example());
  }

  private static String bar(long done, long total) {
    int filled = (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / Math.max(1, total));
    return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
