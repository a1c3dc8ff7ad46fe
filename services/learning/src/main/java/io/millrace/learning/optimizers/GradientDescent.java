package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;

import io.millrace.learning.expressions.Assignment;
import java.util.List;

/** Plain gradient descent: {@code sgd} without momentum. */
final class GradientDescent implements UpdateRule {
  private float learningRate;

  @Override
  public List<String> slots() {
    return List.of();
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    float rate = learningRate;
    for (int i = first; i < end; i++) {
      parameters[i] -= rate * gradients[i];
    }
  }

  @Override
  public List<Assignment> formulas() {
    return List.of(
        PARAMETERS.becomes(PARAMETERS.minus(GRADIENTS.times(number(() -> learningRate)))));
  }
}
