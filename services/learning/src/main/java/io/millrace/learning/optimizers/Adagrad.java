package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Steps in units of the square root of the sum of all squared gradients so far, for sparse
 * features.
 *
 * <p>J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and
 * Stochastic Optimization", JMLR 2011.
 */
final class Adagrad implements UpdateRule {
  private final float initialAccumulator;
  private final float epsilon;
  private float learningRate;

  Adagrad(double initialAccumulator, double epsilon) {
    this.initialAccumulator = (float) initialAccumulator;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("accumulator");
  }

  @Override
  public float initialSlotValue(int slot) {
    return initialAccumulator;
  }

  @Override
  public Optional<SquareAverage> squareAverage() {
    return Optional.of(new SquareAverage(0, 1, 1));
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    float[] accumulator = slots[0];
    float epsilon = this.epsilon;
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float sum = accumulator[i] + gradient * gradient;
      accumulator[i] = sum;
      parameters[i] -= rate * gradient / (float) Math.sqrt(sum + epsilon);
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable sum = variable("accumulator");
    Expression step = GRADIENTS.times(number(() -> learningRate));
    return List.of(
        sum.becomes(sum.plus(GRADIENTS.square())),
        PARAMETERS.becomes(PARAMETERS.minus(step.over(sum.plus(epsilon).squareRoot()))));
  }
}
