package io.millrace.cli.demo;

import io.millrace.cli.terminal.Sparkline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats a {@link Frame}. */
final class FrameText {
  private static final int BAR_WIDTH = 30;

  private FrameText() {}

  /** Returns one plain line, for a log. */
  static String line(Frame frame) {
    return String.format(
        Locale.ROOT,
        "%5.1fs records=%d/%d rate=%.0f/s lag=%d phase=%s loss=%s accuracy=%s window_accuracy=%s"
            + " learning_rate=%s checkpoint=%d served_version=%s served_accuracy=%s",
        frame.seconds(),
        frame.consumed(),
        frame.total(),
        frame.recordsPerSecond(),
        frame.lag(),
        frame.progress().phase(),
        decimal(frame.loss()),
        decimal(frame.accuracy()),
        decimal(frame.windowAccuracy()),
        plain(frame.progress().learningRate()),
        frame.checkpoint(),
        frame.served().version().isEmpty() ? "-" : frame.served().version(),
        decimal(frame.served().accuracy()));
  }

  /** Returns a block of lines, for a terminal. */
  static List<String> block(Frame frame, Sparkline history) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "records",
            "%s %d of %d   %.0f/s   lag %d",
            bar(frame.consumed(), frame.total()),
            frame.consumed(),
            frame.total(),
            frame.recordsPerSecond(),
            frame.lag()));
    lines.add(
        row(
            "training",
            "%s   loss %s   learning rate %s",
            frame.progress().phase(),
            decimal(frame.loss()),
            plain(frame.progress().learningRate())));
    lines.add(
        row(
            "accuracy",
            "before training %s   on the window of %d held-out %s",
            decimal(frame.accuracy()),
            frame.progress().windowSize(),
            decimal(frame.windowAccuracy())));
    lines.add(row("", "%s", history.text()));
    lines.add(served(frame));
    return lines;
  }

  private static String served(Frame frame) {
    Frame.Served served = frame.served();
    return served.version().isEmpty()
        ? row("serving", "no model yet   checkpoint %d published", frame.checkpoint())
        : row(
            "serving",
            "version %s of %d   %s right over gRPC   %s",
            served.version(),
            frame.checkpoint(),
            decimal(served.accuracy()),
            served.example());
  }

  private static String row(String title, String format, Object... values) {
    return String.format(Locale.ROOT, "  %-9s ", title)
        + String.format(Locale.ROOT, format, values);
  }

  private static String bar(long done, long total) {
    int filled = (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / Math.max(1, total));
    return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
