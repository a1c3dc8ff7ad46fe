package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gradient descent in units of the gradient's running root mean square: {@code rmsprop}.
 *
 * <p>T. Tieleman, G. Hinton, "Lecture 6.5: RMSProp", Neural Networks for Machine Learning, 2012.
 * Momentum, and the centered form in units of the standard deviation, are from A. Graves,
 * "Generating Sequences With Recurrent Neural Networks", 2013.
 */
final class RootMeanSquarePropagation implements UpdateRule {
  private final double rho;
  private final float momentum;
  private final float epsilon;
  private final boolean centered;
  private float learningRate;

  RootMeanSquarePropagation(double rho, double momentum, double epsilon, boolean centered) {
    this.rho = rho;
    this.momentum = (float) momentum;
    this.epsilon = (float) epsilon;
    this.centered = centered;
  }

  @Override
  public List<String> slots() {
    List<String> slots = new ArrayList<>(List.of("velocity"));
    if (!isPlain()) {
      slots.add("average_gradient");
      slots.add("momentum");
    }
    return slots;
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
    if (isPlain()) {
      update(parameters, gradients, slots[0], first, end);
    } else {
      update(parameters, gradients, slots[0], slots[1], slots[2], first, end);
    }
  }

  private void update(float[] parameters, float[] gradients, float[] velocity, int first, int end) {
    float kept = (float) rho;
    float share = (float) (1 - rho);
    float epsilon = this.epsilon;
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float v = kept * velocity[i] + share * Subnormals.square(gradient);
      velocity[i] = v;
      parameters[i] -= rate * gradient / (float) Math.sqrt(v + epsilon);
    }
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] velocity,
      float[] average,
      float[] moving,
      int first,
      int end) {
    float kept = (float) rho;
    float share = (float) (1 - rho);
    float centering = centered ? 1 : 0;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      velocity[i] = kept * velocity[i] + share * Subnormals.square(gradient);
      average[i] = kept * average[i] + share * gradient;
      float variance = velocity[i] - centering * average[i] * average[i];
      moving[i] =
          momentum * moving[i] + learningRate * gradient / (float) Math.sqrt(variance + epsilon);
      parameters[i] -= moving[i];
    }
  }

  /** Returns whether there is neither momentum nor centering, and thus only one slot. */
  private boolean isPlain() {
    return momentum == 0 && !centered;
  }

  @Override
  public List<Assignment> formulas() {
    Variable velocity = variable("velocity");
    Expression step = GRADIENTS.times(number(() -> learningRate));
    Assignment velocityNow =
        velocity.becomes(velocity.times(rho).plus(GRADIENTS.square().times(1 - rho)));
    if (isPlain()) {
      Expression size = velocity.plus(epsilon).squareRoot();
      return List.of(velocityNow, PARAMETERS.becomes(PARAMETERS.minus(step.over(size))));
    }
    Variable average = variable("average_gradient");
    Variable moving = variable("momentum");
    Expression variance = centered ? velocity.minus(average.square()) : velocity;
    return List.of(
        velocityNow,
        average.becomes(average.times(rho).plus(GRADIENTS.times(1 - rho))),
        moving.becomes(moving.times(momentum).plus(step.over(variance.plus(epsilon).squareRoot()))),
        PARAMETERS.becomes(PARAMETERS.minus(moving)));
  }
}
