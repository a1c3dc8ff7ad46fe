package io.millrace.learning.optimizers;

/**
 * Cosine decay with restarts: each period is {@code periodGrowth} times as long as the one before,
 * and its peak {@code peakGrowth} times as high.
 *
 * <p>I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017.
 */
record CosineDecayRestarts(
    double initialRate, long firstDecaySteps, double periodGrowth, double peakGrowth, double alpha)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    double completed = (double) steps / firstDecaySteps;
    double period = Math.floor(completed);
    double progress = completed - period;
    if (periodGrowth != 1) {
      period = Math.floor(Math.log(1 - completed * (1 - periodGrowth)) / Math.log(periodGrowth));
      double before = (1 - Math.pow(periodGrowth, period)) / (1 - periodGrowth);
      progress = (completed - before) / Math.pow(periodGrowth, period);
    }
    double wave = Math.pow(peakGrowth, period) * CosineDecay.halfWave(progress);
    return initialRate * ((1 - alpha) * wave + alpha);
  }
}
