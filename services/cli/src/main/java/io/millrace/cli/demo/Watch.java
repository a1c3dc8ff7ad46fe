package io.millrace.cli.demo;

import io.millrace.cli.embedded.Checks;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.live.TrainerPanel;
import io.millrace.cli.terminal.LiveDisplay;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Watches until the predictor serves a model that has learned from every record. It shows the
 * progress of training, and once a second it predicts held-out rows. Confined to one thread.
 */
final class Watch {
  private static final long LOOK_EVERY_MILLIS = 200;
  private static final long ASK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final LiveDisplay display;
  private final Frames frames;
  private final HeldOutRows rows;
  private final Checks checks;
  private final TrainerPanel panel;
  private Frame.Served served = Frame.Served.NOTHING;
  private long askedAt = System.nanoTime();
  private long consumed;
  private long consumedAt = System.nanoTime();

  Watch(LiveDisplay display, TrainerPanel panel, Frames frames, HeldOutRows rows, Checks checks) {
    this.display = display;
    this.frames = frames;
    this.rows = rows;
    this.checks = checks;
    this.panel = panel;
  }

  /** Returns the last frame, whose accuracy is that of all held-out rows. */
  Frame untilLearned() throws IOException, InterruptedException {
    while (true) {
      checks.run();
      Frame frame = frames.next(served);
      panel.observe(frame.progress());
      boolean asks = System.nanoTime() - askedAt >= ASK_EVERY_NANOS;
      if (asks) {
        served = rows.sample(Math.max(0, frame.consumed() - 1));
        askedAt = System.nanoTime();
        frame = frames.next(served);
      }
      if (asks || display.isTerminal()) {
        display.show(FrameText.block(frame, panel), FrameText.line(frame));
      }
      if (frame.consumed() == frame.total() && rows.hasLearned(frame.total())) {
        return frames.next(rows.all(frame.total() - 1));
      }
      requireMovement(frame);
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private void requireMovement(Frame frame) {
    long now = System.nanoTime();
    if (frame.consumed() != consumed) {
      consumed = frame.consumed();
      consumedAt = now;
    } else if (now - consumedAt > PATIENCE_NANOS) {
      throw new CommandFailedException(
          "nothing has moved for %d s, at record %d of %d"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS), consumed, frame.total()));
    }
  }
}
