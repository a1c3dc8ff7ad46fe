package io.millrace.learning.optimizers;

import java.util.List;
import java.util.Optional;

/**
 * Steps in units of the gradient's own running size.
 *
 * <p>D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, in the form of
 * its section 2, where epsilon is added to the uncorrected root.
 */
public final class Adam implements UpdateRule {
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

  /** Returns the learning rate with the bias of both moments corrected. */
  static double stepSize(long step, double learningRate, double beta1, double beta2) {
    return learningRate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots) {
    update(parameters, gradients, slots[0], slots[1]);
  }

  private void update(float[] parameters, float[] gradients, float[] momentum, float[] velocity) {
    float share1 = (float) (1 - beta1);
    float share2 = (float) (1 - beta2);
    float epsilon = this.epsilon;
    float stepSize = this.stepSize;
    for (int i = 0; i < parameters.length; i++) {
      float gradient = gradients[i];
      float m = momentum[i] + (gradient - momentum[i]) * share1;
      float v = velocity[i] + (gradient * gradient - velocity[i]) * share2;
      momentum[i] = m;
      velocity[i] = v;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon);
    }
  }

  public double beta1() {
    return beta1;
  }

  public double beta2() {
    return beta2;
  }

  public float epsilon() {
    return epsilon;
  }

  /** Returns the bias-corrected learning rate of the prepared step. */
  public float stepSize() {
    return stepSize;
  }
}
