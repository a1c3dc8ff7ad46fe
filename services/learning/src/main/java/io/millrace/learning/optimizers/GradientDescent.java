package io.millrace.learning.optimizers;

import java.util.List;

/** Plain gradient descent: {@code sgd} without momentum. */
public final class GradientDescent implements UpdateRule {
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
  public void update(float[] parameters, float[] gradients, float[][] slots) {
    float rate = learningRate;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= rate * gradients[i];
    }
  }

  /** Returns the learning rate of the prepared step. */
  public float learningRate() {
    return learningRate;
  }
}
