package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import java.util.function.BooleanSupplier;

/**
 * The exponential moving average of the parameters, which often predicts better than their last
 * value.
 *
 * <p>B. T. Polyak, A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
 */
final class MovingAverage {
  private final double momentum;
  private final float[] values;

  public MovingAverage(double momentum, int size) {
    this.momentum = momentum;
    this.values = new float[size];
  }

  /**
   * Moves a range of the average towards the parameters; the first time it becomes equal to them.
   */
  void follow(float[] parameters, boolean isFirstTime, int first, int end) {
    float kept = isFirstTime ? 0 : (float) momentum;
    float taken = isFirstTime ? 1 : (float) (1 - momentum);
    for (int i = first; i < end; i++) {
      values[i] = kept * values[i] + taken * parameters[i];
    }
  }

  /** Returns the same update as a formula over parameters and average. */
  Assignment formula(BooleanSupplier first) {
    Expression kept = number(() -> first.getAsBoolean() ? 0 : momentum);
    Expression taken = number(() -> first.getAsBoolean() ? 1 : 1 - momentum);
    return Optimizer.AVERAGE.becomes(
        Optimizer.AVERAGE.times(kept).plus(UpdateRule.PARAMETERS.times(taken)));
  }

  float[] values() {
    return values;
  }
}
