package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;

/**
 * Adam with a fading maximum of the gradient's size in place of the second moment.
 *
 * <p>D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, section 7.1.
 */
final class Adamax implements UpdateRule {
  private final double beta1;
  private final float beta2;
  private final float epsilon;
  private float stepSize;

  Adamax(double beta1, double beta2, double epsilon) {
    this.beta1 = beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("momentum", "largest_gradient");
  }

  @Override
  public void prepare(long step, double learningRate) {
    stepSize = (float) (learningRate / (1 - Math.pow(beta1, step)));
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], slots[1], first, end);
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] momentum,
      float[] largest,
      int first,
      int end) {
    float share1 = (float) (1 - beta1);
    float beta2 = this.beta2;
    float epsilon = this.epsilon;
    float stepSize = this.stepSize;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float m = momentum[i] + (gradient - momentum[i]) * share1;
      float norm = Math.max(beta2 * largest[i], Math.abs(gradient));
      momentum[i] = m;
      largest[i] = norm;
      parameters[i] -= stepSize * m / (norm + epsilon);
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable m = variable("momentum");
    Variable norm = variable("largest_gradient");
    Expression step = m.times(number(() -> stepSize)).over(norm.plus(epsilon));
    return List.of(
        m.becomes(m.plus(GRADIENTS.minus(m).times(1 - beta1))),
        norm.becomes(norm.times(beta2).maximum(GRADIENTS.absolute())),
        PARAMETERS.becomes(PARAMETERS.minus(step)));
  }
}
