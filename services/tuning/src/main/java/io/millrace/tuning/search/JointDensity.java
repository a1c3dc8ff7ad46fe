package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * The density of the places of trials in a space: a sum of products of kernels, one product for
 * each trial and one of the priors, so what goes well together stays together. Immutable.
 */
final class JointDensity {
  /** How many of the newest trials count fully. */
  private static final int FULL = 25;

  private final SearchSpace space;
  private final double[] weights;
  private final Kernels[] kernels;

  /**
   * @param trials the values of trials, oldest first
   */
  JointDensity(SearchSpace space, List<Map<String, Object>> trials) {
    this.space = space;
    this.weights = weights(trials.size());
    this.kernels = new Kernels[space.parameters().size()];
    for (int i = 0; i < kernels.length; i++) {
      Parameter parameter = space.parameters().get(i);
      double[] places =
          trials.stream()
              .mapToDouble(
                  trial -> {
                    Object value = trial.get(parameter.name());
                    return value == null ? Double.NaN : parameter.place(value);
                  })
              .toArray();
      kernels[i] = Kernels.of(parameter, places);
    }
  }

  /** Draws a trial's values. */
  Map<String, Object> draw(RandomStream random) {
    double left = random.uniform(0);
    int kernel = 0;
    while (kernel < weights.length - 1 && left >= weights[kernel]) {
      left -= weights[kernel++];
    }
    double[] places = new double[kernels.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = kernels[i].draw(kernel, random.split(i));
    }
    return space.at(places);
  }

  /** Returns the logarithm of the density of a trial's values; inactive parameters do not count. */
  double logarithm(Map<String, Object> values) {
    double sum = 0;
    for (int kernel = 0; kernel < weights.length; kernel++) {
      double product = weights[kernel];
      for (int i = 0; i < kernels.length; i++) {
        Parameter parameter = space.parameters().get(i);
        Object value = values.get(parameter.name());
        if (value != null) {
          product *= kernels[i].density(kernel, parameter.place(value));
        }
      }
      sum += product;
    }
    return Math.log(Math.max(Double.MIN_NORMAL, sum));
  }

  /**
   * Returns the weights of trials, oldest first, and of the prior; they sum to 1. Older trials than
   * the newest 25 count less, the older they are.
   */
  static double[] weights(int trials) {
    double[] weights = new double[trials + 1];
    int older = trials - FULL;
    double total = 0;
    for (int i = 0; i <= trials; i++) {
      double age = older > 1 ? (double) i / (older - 1) : 1;
      weights[i] = i >= older ? 1 : 1.0 / trials + (1 - 1.0 / trials) * age;
      total += weights[i];
    }
    for (int i = 0; i <= trials; i++) {
      weights[i] /= total;
    }
    return weights;
  }
}
