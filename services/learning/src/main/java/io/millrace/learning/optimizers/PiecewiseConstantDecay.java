package io.millrace.learning.optimizers;

import java.util.List;

/** The first rate up to and including the first boundary, then the second, and so on. */
record PiecewiseConstantDecay(List<Double> boundaries, List<Double> rates)
    implements LearningRateSchedule {

  PiecewiseConstantDecay {
    boundaries = List.copyOf(boundaries);
    rates = List.copyOf(rates);
  }

  @Override
  public double rate(long steps) {
    int passed = 0;
    while (passed < boundaries.size() && steps > boundaries.get(passed)) {
      passed++;
    }
    return rates.get(passed);
  }
}
