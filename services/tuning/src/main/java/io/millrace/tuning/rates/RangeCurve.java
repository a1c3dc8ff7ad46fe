package io.millrace.tuning.rates;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a range test saw: by step, the learning rate, the loss, and the smoothed loss.
 *
 * @param rates ascending
 * @param losses of the mini-batches before they were learned; the last may not be finite
 * @param smoothed of one length with the others
 * @param end why it ended
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares curves
public record RangeCurve(
    RateRange range, double[] rates, double[] losses, double[] smoothed, End end) {
  /** How far below the rate at which the loss begins to rise a model learns well. */
  private static final double BELOW = 10;

  private static final MathContext TWO_DIGITS = new MathContext(2);

  /** Loss must have fallen by more than this share of itself, or nothing was learned. */
  private static final double LEAST_FALL = 0.01;

  /** Why a range test ended. */
  public enum End {
    /** All steps were made. */
    LAST_STEP,

    /** The smoothed loss was four times the best one. */
    ROSE,

    /** The loss was not finite. */
    NOT_FINITE
  }

  /** Returns how many steps were made. */
  public int steps() {
    return rates.length;
  }

  /** Returns the step from which on the smoothed loss rises; the curve must have a step. */
  public int turn() {
    int turn = 0;
    for (int step = 1; step < smoothed.length; step++) {
      turn = smoothed[step] < smoothed[turn] ? step : turn;
    }
    return turn;
  }

  /** Returns why this curve suggests nothing; empty if it suggests a rate. */
  public Optional<String> obstacle() {
    if (!Double.isFinite(smoothed[0])) {
      return Optional.of(
          "The loss was not finite at the first step already: look for features or labels that are"
              + " not finite or extremely large; a lower --from-rate may help.");
    }
    if (rates[turn()] / BELOW < range.from()) {
      return Optional.of(
          "The loss rises so early that a tenth of that rate was not tried: give a lower"
              + " --from-rate.");
    }
    double first = smoothed[Math.min(turn(), range.steps() / 25)];
    if (smoothed[turn()] > first - LEAST_FALL * Math.abs(first)) {
      return Optional.of(
          "The loss did not fall at any rate: nothing was learned. Another loss, network or"
              + " optimizer may help, or a higher --to-rate.");
    }
    if (end == End.LAST_STEP && turn() >= steps() - Math.max(1, steps() / 100)) {
      return Optional.of("The loss still falls at the highest rate: give a higher --to-rate.");
    }
    return Optional.empty();
  }

  /** Returns the suggested learning rate, with two digits; empty where there is an obstacle. */
  public OptionalDouble suggestion() {
    return obstacle().isPresent()
        ? OptionalDouble.empty()
        : OptionalDouble.of(new BigDecimal(rates[turn()] / BELOW).round(TWO_DIGITS).doubleValue());
  }
}
