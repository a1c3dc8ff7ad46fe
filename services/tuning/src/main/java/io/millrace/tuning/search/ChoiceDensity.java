package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;

/**
 * How often each choice was seen, smoothed: each observation is a distribution with a little of
 * every choice, and the prior is one with all alike.
 */
final class ChoiceDensity implements Density {
  private final double[] probabilities;

  ChoiceDensity(int choices, double[] places) {
    probabilities = new double[choices];
    double[] weights = Density.weights(places.length);
    double share = 1.0 / (places.length + 1);
    double total = 1;
    for (int c = 0; c < choices; c++) {
      probabilities[c] = 1.0 / choices;
    }
    for (int i = 0; i < places.length; i++) {
      int seen = choice(places[i]);
      double norm = 1 + choices * share;
      for (int c = 0; c < choices; c++) {
        probabilities[c] += weights[i] * (share + (c == seen ? 1 : 0)) / norm;
      }
      total += weights[i];
    }
    for (int c = 0; c < choices; c++) {
      probabilities[c] /= total;
    }
  }

  @Override
  public double draw(RandomStream random) {
    double left = random.uniform(0);
    int choice = 0;
    while (choice < probabilities.length - 1 && left >= probabilities[choice]) {
      left -= probabilities[choice++];
    }
    return (choice + 0.5) / probabilities.length;
  }

  @Override
  public double logarithm(double place) {
    return Math.log(probabilities[choice(place)]);
  }

  private int choice(double place) {
    return Math.min(probabilities.length - 1, (int) (place * probabilities.length));
  }
}
