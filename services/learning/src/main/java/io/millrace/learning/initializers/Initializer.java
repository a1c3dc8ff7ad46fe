package io.millrace.learning.initializers;

import io.millrace.learning.random.RandomStream;

/** Initializes the values of a tensor. Immutable. */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills a tensor within a flat vector.
   *
   * @param values the flat vector; the tensor begins at {@code offset}, row-major
   * @param fans the connections of the layer's kernel, also for a bias
   * @param random the random numbers of this tensor
   */
  void fill(float[] values, int offset, int[] shape, Fans fans, RandomStream random);
}
