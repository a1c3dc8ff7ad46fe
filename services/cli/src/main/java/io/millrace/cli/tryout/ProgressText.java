package io.millrace.cli.tryout;

import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.cli.terminal.Sparkline;
import io.millrace.learning.Progress;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows training while it runs: a block that moves on a terminal, a line every few seconds
 * elsewhere. Confined to one thread.
 */
final class ProgressText {
  private static final long MOVE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PRINT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int HISTORY = 60;

  private final LiveDisplay display;
  private final long rows;
  private final Sparkline history = new Sparkline(HISTORY, Charset.defaultCharset());
  private long shownAt = System.nanoTime();
  private long evaluations;

  /**
   * @param rows how many rows a pass has
   */
  ProgressText(LiveDisplay display, long rows) {
    this.display = display;
    this.rows = rows;
  }

  /** Shows the progress if it is time to. */
  void show(Progress progress) {
    if (progress.counts().evaluations() != evaluations) {
      evaluations = progress.counts().evaluations();
      history.add(progress.validation().getOrDefault("val_accuracy", Double.NaN));
    }
    long now = System.nanoTime();
    if (progress.counts().records() > 0
        && now - shownAt >= (display.isTerminal() ? MOVE_EVERY_NANOS : PRINT_EVERY_NANOS)) {
      shownAt = now;
      String line = line(progress);
      display.show(List.of("  " + line, "  " + history.text()), line);
    }
  }

  private String line(Progress progress) {
    return String.format(
        Locale.ROOT,
        "learning: pass %d, records=%d evaluations=%d val_loss=%s learning_rate=%.3g",
        1 + progress.counts().records() / Math.max(1, rows),
        progress.counts().records(),
        progress.counts().evaluations(),
        Figures.rounded(progress.validation().getOrDefault("val_loss", Double.NaN)),
        progress.learningRate());
  }
}
