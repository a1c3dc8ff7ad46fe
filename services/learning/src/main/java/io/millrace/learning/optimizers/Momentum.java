package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;

/**
 * Gradient descent with momentum: {@code sgd} with {@code momentum}.
 *
 * <p>B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. The
 * look-ahead form is from I. Sutskever et al., "On the importance of initialization and momentum in
 * deep learning", ICML 2013.
 */
final class Momentum implements UpdateRule {
  private final float momentum;
  private final boolean nesterov;
  private float learningRate;

  Momentum(double momentum, boolean nesterov) {
    this.momentum = (float) momentum;
    this.nesterov = nesterov;
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
    if (nesterov) {
      lookAhead(parameters, gradients, slots[0], first, end);
    } else {
      roll(parameters, gradients, slots[0], first, end);
    }
  }

  private void roll(float[] parameters, float[] gradients, float[] velocity, int first, int end) {
    float momentum = this.momentum;
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      velocity[i] = velocity[i] * momentum - rate * gradients[i];
      parameters[i] += velocity[i];
    }
  }

  private void lookAhead(
      float[] parameters, float[] gradients, float[] velocity, int first, int end) {
    float momentum = this.momentum;
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      float step = rate * gradients[i];
      velocity[i] = velocity[i] * momentum - step;
      parameters[i] += velocity[i] * momentum - step;
    }
  }

  @Override
  public List<Assignment> formulas() {
    Variable velocity = variable("momentum");
    Expression step = GRADIENTS.times(number(() -> learningRate));
    return List.of(
        velocity.becomes(velocity.times(momentum).minus(step)),
        PARAMETERS.becomes(
            PARAMETERS.plus(nesterov ? velocity.times(momentum).minus(step) : velocity)));
  }
}
