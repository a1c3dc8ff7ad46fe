package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;

/** Choices: a trial's kernel is its choice, smoothed by a little of all. */
final class ChoiceKernels implements Kernels {
  private final int choices;
  private final double[] places;

  ChoiceKernels(int choices, double[] places) {
    this.choices = choices;
    this.places = places;
  }

  @Override
  public double draw(int kernel, RandomStream random) {
    double left = random.uniform(0);
    int choice = 0;
    while (choice < choices - 1 && left >= probability(kernel, choice)) {
      left -= probability(kernel, choice++);
    }
    return (choice + 0.5) / choices;
  }

  @Override
  public double density(int kernel, double place) {
    return probability(kernel, choice(place));
  }

  private double probability(int kernel, int choice) {
    if (kernel == places.length || Double.isNaN(places[kernel])) {
      return 1.0 / choices;
    }
    double share = 1.0 / (places.length + 1);
    double own = choice == choice(places[kernel]) ? 1 : 0;
    return (own + share) / (1 + choices * share);
  }

  private int choice(double place) {
    return Math.min(choices - 1, (int) (place * choices));
  }
}
