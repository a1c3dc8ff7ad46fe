package io.millrace.learning.optimizers;

import java.util.List;
import java.util.Optional;

/**
 * Steps whose unit is that of the parameters: the running size of earlier steps over that of the
 * gradients.
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
  public void update(float[] parameters, float[] gradients, float[][] slots) {
    update(parameters, gradients, slots[0], slots[1]);
  }

  private void update(
      float[] parameters, float[] gradients, float[] squaredGradients, float[] squaredSteps) {
    float kept = (float) rho;
    float share = (float) (1 - rho);
    float epsilon = this.epsilon;
    float rate = learningRate;
    for (int i = 0; i < parameters.length; i++) {
      float gradient = gradients[i];
      float oldSteps = squaredSteps[i];
      float size = kept * squaredGradients[i] + share * gradient * gradient;
      float unit = (float) Math.sqrt(oldSteps + epsilon) / (float) Math.sqrt(size + epsilon);
      float step = unit * gradient;
      squaredGradients[i] = size;
      squaredSteps[i] = kept * oldSteps + share * step * step;
      parameters[i] -= rate * step;
    }
  }
}
