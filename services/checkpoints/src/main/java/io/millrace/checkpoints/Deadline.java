package io.millrace.checkpoints;

import java.time.Duration;

/** A point in time after which waiting ends. */
final class Deadline {
  private final Duration patience;
  private final long endNanos;

  private Deadline(Duration patience) {
    this.patience = patience;
    endNanos = System.nanoTime() + patience.toNanos();
  }

  static Deadline in(Duration patience) {
    return new Deadline(patience);
  }

  /**
   * @param what it is that did not happen, to be continued by "within 30 s"
   * @throws CheckpointUnavailableException where the time is over
   */
  void check(String what) {
    if (isOver()) {
      throw new CheckpointUnavailableException(within(what), null);
    }
  }

  boolean isOver() {
    return System.nanoTime() - endNanos >= 0;
  }

  /** Returns what did not happen, and within which time. */
  String within(String what) {
    return "%s within %s s".formatted(what, patience.toMillis() / 1000.0);
  }
}
