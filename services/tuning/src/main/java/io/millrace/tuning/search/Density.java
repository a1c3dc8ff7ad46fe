package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;

/** A density over a parameter's places. Immutable. */
sealed interface Density permits ParzenDensity, ChoiceDensity {
  /** Draws a place. */
  double draw(RandomStream random);

  /** Returns the logarithm of the density at a place. */
  double logarithm(double place);

  /** Returns the density of places that were seen, oldest first, with one of the prior. */
  static Density of(Parameter parameter, double[] places) {
    if (parameter instanceof NumberParameter number) {
      return new ParzenDensity(number, places);
    }
    return new ChoiceDensity(((ChoiceParameter) parameter).choices().size(), places);
  }

  /**
   * Returns weights, oldest first: the newest 25 count fully, older ones less the older they are.
   */
  static double[] weights(int count) {
    double[] weights = new double[count];
    int older = count - FULL;
    for (int i = 0; i < count; i++) {
      double slope = older > 1 ? (double) i / (older - 1) : 1;
      weights[i] = i >= older ? 1 : 1.0 / count + (1 - 1.0 / count) * slope;
    }
    return weights;
  }

  /** How many of the newest trials count fully. */
  int FULL = 25;
}
