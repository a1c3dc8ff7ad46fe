package io.millrace.learning.network;

import java.util.function.LongSupplier;

/** Counts the training passes of a network; its random numbers depend on the count. */
final class PassCounter implements LongSupplier {
  private long count;

  void next() {
    count++;
  }

  void restore(long passes) {
    count = passes;
  }

  @Override
  public long getAsLong() {
    return count;
  }
}
