package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;

/**
 * One parameter's part of a density: a distribution over its places around each trial, and one that
 * knows nothing, the prior, as the last. Immutable.
 */
sealed interface Kernels permits NumberKernels, ChoiceKernels {
  /**
   * Makes the kernels of trials and of the prior.
   *
   * @param places the trials' places; NaN for a trial without the parameter, which gets the prior
   */
  static Kernels of(Parameter parameter, double[] places) {
    if (parameter instanceof NumberParameter number) {
      return new NumberKernels(number, places);
    }
    return new ChoiceKernels(((ChoiceParameter) parameter).choices().size(), places);
  }

  /** Draws a place. */
  double draw(int kernel, RandomStream random);

  /** Returns the density at a place. */
  double density(int kernel, double place);
}
