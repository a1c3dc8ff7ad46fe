package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Adam that divides by the largest second moment so far, so that its effective rate never grows.
 *
 * <p>S. J. Reddi, S. Kale, S. Kumar, "On the Convergence of Adam and Beyond", ICLR 2018.
 */
final class AmsGrad implements UpdateRule {
  private final double beta1;
  private final double beta2;
  private final float epsilon;
  private float stepSize;

  AmsGrad(double beta1, double beta2, double epsilon) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("momentum", "velocity", "highest_velocity");
  }

  @Override
  public Optional<SquareAverage> squareAverage() {
    return Optional.of(new SquareAverage(1, beta2, 1 - beta2));
  }

  @Override
  public void prepare(long step, double learningRate) {
    stepSize = (float) Adam.stepSize(step, learningRate, beta1, beta2);
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], slots[1], slots[2], first, end);
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] momentum,
      float[] velocity,
      float[] highestVelocity,
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
      float highest = Math.max(highestVelocity[i], v);
      momentum[i] = m;
      velocity[i] = v;
      highestVelocity[i] = highest;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(highest) + epsilon);
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable m = variable("momentum");
    Variable v = variable("velocity");
    Variable highest = variable("highest_velocity");
    Expression step = m.times(number(() -> stepSize)).over(highest.squareRoot().plus(epsilon));
    return List.of(
        m.becomes(m.plus(GRADIENTS.minus(m).times(1 - beta1))),
        v.becomes(v.plus(GRADIENTS.square().minus(v).times(1 - beta2))),
        highest.becomes(highest.maximum(v)),
        PARAMETERS.becomes(PARAMETERS.minus(step)));
  }
}
