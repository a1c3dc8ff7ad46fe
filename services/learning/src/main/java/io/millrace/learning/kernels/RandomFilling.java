package io.millrace.learning.kernels;

import io.millrace.learning.random.RandomStream;
import java.util.function.LongSupplier;

/**
 * Fills ranges of arrays with random numbers that depend only on their position and the number of
 * the draw. All implementations of the kernels thus draw the same numbers.
 */
public interface RandomFilling {

  /** Sets {@code length} values from {@code start} on. */
  void fill(float[] values, int start, int length);

  /** Returns masks for inverted dropout: 0 with probability {@code rate}, else 1 / (1 - rate). */
  static RandomFilling dropoutMask(float rate, RandomStream random, LongSupplier draw) {
    float kept = 1 / (1 - rate);
    return (values, start, length) -> {
      long first = draw.getAsLong() << 32;
      for (int i = 0; i < length; i++) {
        values[start + i] = random.uniform(first + i) < rate ? 0 : kept;
      }
    };
  }

  /** Returns normal noise with mean zero. */
  static RandomFilling noise(float deviation, RandomStream random, LongSupplier draw) {
    return (values, start, length) -> {
      long first = draw.getAsLong() << 31;
      for (int i = 0; i < length; i++) {
        values[start + i] = deviation * (float) random.normal(first + i);
      }
    };
  }
}
