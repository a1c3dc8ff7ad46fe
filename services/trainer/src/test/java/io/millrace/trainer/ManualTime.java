package io.millrace.trainer;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that advances only when told to. */
public final class ManualTime implements LongSupplier {
  private long nanos;

  @Override
  public long getAsLong() {
    return nanos;
  }

  public void pass(Duration duration) {
    nanos += duration.toNanos();
  }
}
