package io.millrace.checkpoints.kafka;

import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import java.time.Duration;

/** A point in time at which waiting ends. */
public final class Deadline {
  private final Duration patience;
  private final long endNanos;

  private Deadline(Duration patience) {
    this.patience = patience;
    endNanos = System.nanoTime() + patience.toNanos();
  }

  public static Deadline in(Duration patience) {
    return new Deadline(patience);
  }

  /**
   * @param what what did not happen, to be followed by "within 30 s"
   * @throws CheckpointUnavailableException if the deadline has passed
   */
  public void check(String what) {
    if (isOver()) {
      throw new CheckpointUnavailableException(within(what), null);
    }
  }

  public boolean isOver() {
    return System.nanoTime() - endNanos >= 0;
  }

  /** Returns a sentence of what did not happen, and within which time. */
  public String within(String what) {
    return "%s within %s s".formatted(what, patience.toMillis() / 1000.0);
  }
}
