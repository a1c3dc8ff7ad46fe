package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;

/**
 * Steps of equal size in the direction of the momentum's sign.
 *
 * <p>X. Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023.
 */
final class Lion implements UpdateRule {
  /** Scales every number that is not tiny beyond 1: a sign function that vectorizes. */
  private static final float STEEP = 1e38f;

  private final double beta1;
  private final double beta2;
  private float learningRate;

  Lion(double beta1, double beta2) {
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  @Override
  public List<String> slots() {
    return List.of("momentum");
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], first, end);
  }

  private void update(float[] parameters, float[] gradients, float[] momentum, int first, int end) {
    float kept1 = (float) beta1;
    float share1 = (float) (1 - beta1);
    float kept2 = (float) beta2;
    float share2 = (float) (1 - beta2);
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float m = momentum[i];
      float direction = kept1 * m + share1 * gradient;
      parameters[i] -= rate * Math.max(-1, Math.min(1, direction * STEEP));
      momentum[i] = kept2 * m + share2 * gradient;
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable m = variable("momentum");
    Expression direction = m.times(beta1).plus(GRADIENTS.times(1 - beta1)).sign();
    return List.of(
        PARAMETERS.becomes(PARAMETERS.minus(direction.times(number(() -> learningRate)))),
        m.becomes(m.times(beta2).plus(GRADIENTS.times(1 - beta2))));
  }
}
