package io.millrace.cli.tryout;

import io.millrace.cli.embedded.Checks;
import io.millrace.cli.embedded.InProcess;
import io.millrace.cli.embedded.Replay;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.produce.Convergence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Watches training until it has stopped early, or the most passes are learned, and shows its
 * progress. Confined to one thread.
 */
final class Learning {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final InProcess services;
  private final Replay replay;
  private final Convergence convergence;
  private final Checks checks;
  private final ProgressText text;
  private long consumed;
  private long movedAt = System.nanoTime();

  Learning(
      InProcess services,
      Replay replay,
      Convergence convergence,
      Checks checks,
      ProgressText text) {
    this.services = services;
    this.replay = replay;
    this.convergence = convergence;
    this.checks = checks;
    this.text = text;
  }

  /** Waits until training has stopped early, or has consumed all that was sent. */
  void untilEnded() {
    while (!convergence.hasEnded() && !(replay.isDone() && consumed == replay.produced())) {
      checks.run();
      convergence.poll(LOOK);
      long records = services.progress().learning().counts().records();
      requireMovement(records);
      text.show(services.progress().learning());
    }
    if (convergence.state() == Convergence.State.FAILED) {
      throw new CommandFailedException(
          "training has failed: its loss was not finite too often; are there numbers beyond 1e30?");
    }
  }

  private void requireMovement(long records) {
    long now = System.nanoTime();
    if (records != consumed) {
      consumed = records;
      movedAt = now;
    } else if (now - movedAt > PATIENCE_NANOS) {
      throw new CommandFailedException(
          "nothing has moved for %d s, at record %d"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS), consumed));
    }
  }
}
