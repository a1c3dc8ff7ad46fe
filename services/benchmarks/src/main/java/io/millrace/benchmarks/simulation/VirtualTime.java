package io.millrace.benchmarks.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock that advances with the processed records and is not affected by crashes. */
final class VirtualTime implements LongSupplier, InstantSource {
  private long nanos;

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  void pass(Duration duration) {
    nanos += duration.toNanos();
  }
}
