package io.millrace.learning.optimizers;

import java.util.List;

/**
 * Follow the regularized leader, {@code ftrl}: parameters that would have been best so far under l1
 * and l2 penalties, many of them exactly zero.
 *
 * <p>H. B. McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013.
 */
final class FollowTheRegularizedLeader implements UpdateRule {

  /**
   * @param power the power of the accumulated squares that the learning rate falls with, at most 0
   * @param shrinkage an l2 penalty on the gradient's part alone
   * @param beta Keras' beta: added to the root of the accumulated squares
   */
  record Options(
      double power,
      double initialAccumulator,
      double l1,
      double l2,
      double shrinkage,
      double beta) {}

  private final Options options;
  private double learningRate;

  FollowTheRegularizedLeader(Options options) {
    this.options = options;
  }

  @Override
  public List<String> slots() {
    return List.of("accumulator", "linear");
  }

  @Override
  public float initialSlotValue(int slot) {
    return slot == 0 ? (float) options.initialAccumulator : 0;
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots) {
    update(parameters, gradients, slots[0], slots[1]);
  }

  private void update(float[] parameters, float[] gradients, float[] accumulator, float[] linear) {
    if (learningRate == 0) {
      return; // as at the start of a warm-up; below, it divides
    }
    double l2 = options.l2 + options.beta / (2 * learningRate);
    for (int i = 0; i < parameters.length; i++) {
      double gradient = gradients[i];
      double sum = accumulator[i] + gradient * gradient;
      double root = root(sum);
      double shrunk = gradient + 2 * options.shrinkage * parameters[i];
      double z = linear[i] + shrunk - (root - root(accumulator[i])) / learningRate * parameters[i];
      double excess = z - Math.max(-options.l1, Math.min(options.l1, z));
      parameters[i] = (float) (-excess / (root / learningRate + 2 * l2));
      accumulator[i] = (float) sum;
      linear[i] = (float) z;
    }
  }

  private double root(double sum) {
    return options.power == -0.5 ? Math.sqrt(sum) : Math.pow(sum, -options.power);
  }
}
