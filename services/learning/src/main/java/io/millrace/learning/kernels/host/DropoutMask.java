package io.millrace.learning.kernels.host;

import io.millrace.learning.random.RandomStream;
import java.util.function.LongSupplier;

/** Draws a mask of zeros and of the factor that keeps the expected value. */
final class DropoutMask extends HostCall {
  private final HostMatrix mask;
  private final float rate;
  private final RandomStream random;
  private final LongSupplier draw;

  DropoutMask(HostMatrix mask, float rate, RandomStream random, LongSupplier draw) {
    super(mask.buffer());
    this.mask = mask;
    this.rate = rate;
    this.random = random;
    this.draw = draw;
  }

  @Override
  void compute(int rows) {
    float kept = 1 / (1 - rate);
    int start = mask.start(rows);
    int length = mask.length(rows);
    long first = draw.getAsLong() << 32;
    for (int i = 0; i < length; i++) {
      mask.values()[start + i] = random.uniform(first + i) < rate ? 0 : kept;
    }
  }
}
