package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Steps in the unit of the parameters: the gradient times the running size of earlier steps over
 * that of the gradients.
 *
 * <p>M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012.
 */
final class Adadelta implements UpdateRule {
  private final double rho;
  private final float epsilon;
  private float learningRate;

  Adadelta(double rho, double epsilon) {
    this.rho = rho;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("accumulated_gradient", "accumulated_step");
  }

  @Override
  public Optional<SquareAverage> squareAverage() {
    return Optional.of(new SquareAverage(0, rho, 1 - rho));
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], slots[1], first, end);
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] squaredGradients,
      float[] squaredSteps,
      int first,
      int end) {
    float kept = (float) rho;
    float share = (float) (1 - rho);
    float epsilon = this.epsilon;
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float oldSteps = squaredSteps[i];
      float size = kept * squaredGradients[i] + share * Subnormals.square(gradient);
      float unit = (float) Math.sqrt(oldSteps + epsilon) / (float) Math.sqrt(size + epsilon);
      float step = unit * gradient;
      squaredGradients[i] = size;
      squaredSteps[i] = kept * oldSteps + share * step * step;
      parameters[i] -= rate * step;
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable size = variable("accumulated_gradient");
    Variable squaredSteps = variable("accumulated_step");
    Expression step =
        squaredSteps
            .plus(epsilon)
            .squareRoot()
            .times(GRADIENTS)
            .over(size.plus(epsilon).squareRoot());
    return List.of(
        size.becomes(size.times(rho).plus(GRADIENTS.square().times(1 - rho))),
        PARAMETERS.becomes(PARAMETERS.minus(step.times(number(() -> learningRate)))),
        squaredSteps.becomes(squaredSteps.times(rho).plus(step.square().times(1 - rho))));
  }
}
