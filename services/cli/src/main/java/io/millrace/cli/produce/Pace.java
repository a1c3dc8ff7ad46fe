package io.millrace.cli.produce;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Limits a loop to a rate: record n waits until n / rate seconds have passed since the first.
 * Confined to one thread.
 */
public final class Pace {
  private final double recordsPerSecond;
  private final LongSupplier nanoTime;
  private final long begin;
  private long records;

  /**
   * Starts the clock.
   *
   * @param recordsPerSecond the rate; 0 for no limit
   */
  public Pace(double recordsPerSecond, LongSupplier nanoTime) {
    this.recordsPerSecond = recordsPerSecond;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /** Waits until the next record is due. Returns early if the thread is interrupted. */
  public void await() {
    while (!Thread.currentThread().isInterrupted()) {
      long wait = nanosUntilDue();
      if (wait <= 0) {
        break;
      }
      LockSupport.parkNanos(wait);
    }
    records++;
  }

  long nanosUntilDue() {
    if (recordsPerSecond <= 0) {
      return 0;
    }
    double due = records / recordsPerSecond * TimeUnit.SECONDS.toNanos(1);
    return (long) due - (nanoTime.getAsLong() - begin);
  }
}
