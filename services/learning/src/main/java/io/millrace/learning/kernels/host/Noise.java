package io.millrace.learning.kernels.host;

import io.millrace.learning.random.RandomStream;
import java.util.function.LongSupplier;

/** Fills a matrix with normal noise of mean zero. */
final class Noise extends HostCall {
  private final HostMatrix out;
  private final float deviation;
  private final RandomStream random;
  private final LongSupplier draw;

  Noise(HostMatrix out, float deviation, RandomStream random, LongSupplier draw) {
    super(out.buffer());
    this.out = out;
    this.deviation = deviation;
    this.random = random;
    this.draw = draw;
  }

  @Override
  void compute(int rows) {
    int start = out.start(rows);
    int length = out.length(rows);
    long first = draw.getAsLong() << 31;
    for (int i = 0; i < length; i++) {
      out.values()[start + i] = deviation * (float) random.normal(first + i);
    }
  }
}
