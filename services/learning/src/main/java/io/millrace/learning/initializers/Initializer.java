package io.millrace.learning.initializers;

import io.millrace.learning.random.RandomStream;

/** Gives the values of a tensor before the first step; immutable. */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills a tensor within a flat vector.
   *
   * @param values the flat vector; the tensor begins at {@code offset}, row-major
   * @param fans the connections of the layer's kernel, for a bias as well
   * @param random the random numbers of this tensor
   */
  void fill(float[] values, int offset, int[] shape, Fans fans, RandomStream random);
}
