package io.millrace.learning.initializers;

import io.millrace.learning.random.RandomStream;

/** An initializer that draws each value independently. */
@FunctionalInterface
interface PointwiseInitializer extends Initializer {

  double value(Fans fans, RandomStream random, long position);

  @Override
  default void fill(float[] values, int offset, int[] shape, Fans fans, RandomStream random) {
    int size = Sizes.product(shape);
    for (int i = 0; i < size; i++) {
      values[offset + i] = (float) value(fans, random, i);
    }
  }
}
