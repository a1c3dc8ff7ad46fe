package io.millrace.tuning.rates;

/**
 * Learning rates that grow by the same factor each step.
 *
 * @param from the rate of the first step, above zero
 * @param to the rate that a step after the last would have, above {@code from}
 * @param steps how many steps there are
 */
public record RateRange(double from, double to, int steps) {

  /** Returns by what a step multiplies the rate. */
  public double factor() {
    return Math.exp(Math.log(to / from) / steps);
  }

  /** Returns the rate of a step, from 0. */
  public double rate(long step) {
    return from * Math.pow(to / from, (double) step / steps);
  }
}
