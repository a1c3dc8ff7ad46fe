package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Steps in units of the gradient's own running size.
 *
 * <p>D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, in the form of
 * its section 2, where epsilon is added to the uncorrected root.
 */
final class Adam implements UpdateRule {
  private final double beta1;
  private final double beta2;
  private final float epsilon;
  private float stepSize;

  Adam(double beta1, double beta2, double epsilon) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("momentum", "velocity");
  }

  @Override
  public Optional<SquareAverage> squareAverage() {
    return Optional.of(new SquareAverage(1, beta2, 1 - beta2));
  }

  @Override
  public void prepare(long step, double learningRate) {
    stepSize = (float) stepSize(step, learningRate, beta1, beta2);
  }

  /** Returns the learning rate, corrected for the bias of both moments. */
  static double stepSize(long step, double learningRate, double beta1, double beta2) {
    return learningRate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], slots[1], first, end);
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] momentum,
      float[] velocity,
      int first,
      int end) {
    float share1 = (float) (1 - beta1);
    float share2 = (float) (1 - beta2);
    float epsilon = this.epsilon;
    float stepSize = this.stepSize;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float m = momentum[i] + (gradient - momentum[i]) * share1;
      float v = velocity[i] + (Subnormals.square(gradient) - velocity[i]) * share2;
      momentum[i] = m;
      velocity[i] = v;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon);
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable m = variable("momentum");
    Variable v = variable("velocity");
    Expression step = m.times(number(() -> stepSize)).over(v.squareRoot().plus(epsilon));
    return List.of(
        m.becomes(m.plus(GRADIENTS.minus(m).times(1 - beta1))),
        v.becomes(v.plus(GRADIENTS.square().minus(v).times(1 - beta2))),
        PARAMETERS.becomes(PARAMETERS.minus(step)));
  }
}
