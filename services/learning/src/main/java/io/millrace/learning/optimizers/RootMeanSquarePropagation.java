package io.millrace.learning.optimizers;

import java.util.List;

/**
 * Gradient descent in units of the gradient's running root mean square: {@code rmsprop} without
 * momentum and not centered.
 *
 * <p>T. Tieleman, G. Hinton, "Lecture 6.5: RMSProp", Neural Networks for Machine Learning, 2012.
 */
public final class RootMeanSquarePropagation implements UpdateRule {
  private final double rho;
  private final float epsilon;
  private float learningRate;

  RootMeanSquarePropagation(double rho, double epsilon) {
    this.rho = rho;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("velocity");
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots) {
    update(parameters, gradients, slots[0]);
  }

  private void update(float[] parameters, float[] gradients, float[] velocity) {
    float kept = (float) rho;
    float share = (float) (1 - rho);
    float epsilon = this.epsilon;
    float rate = learningRate;
    for (int i = 0; i < parameters.length; i++) {
      float gradient = gradients[i];
      float v = kept * velocity[i] + share * gradient * gradient;
      velocity[i] = v;
      parameters[i] -= rate * gradient / (float) Math.sqrt(v + epsilon);
    }
  }

  public double rho() {
    return rho;
  }

  public float epsilon() {
    return epsilon;
  }

  /** Returns the learning rate of the prepared step. */
  public float learningRate() {
    return learningRate;
  }
}
