package io.millrace.learning.losses;

import java.util.Optional;

/**
 * The binary cross entropy, reduced for predictions that are already right by the factor {@code (1
 * - p)^gamma}.
 *
 * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017.
 *
 * @param balanced whether targets of 1 have the weight {@code alpha} and others {@code 1 - alpha}
 */
record BinaryFocalCrossentropy(
    boolean balanced, double alpha, double gamma, double labelSmoothing, boolean fromLogits)
    implements PointwiseLoss {

  @Override
  public float boundary() {
    return fromLogits ? 0 : 0.5f;
  }

  @Override
  public double value(double prediction, double target) {
    double smooth = BinaryCrossentropy.smooth(target, labelSmoothing);
    double probability = probability(prediction);
    return balance(smooth)
        * Math.pow(miss(probability, smooth), gamma)
        * entropy().value(probability, smooth);
  }

  @Override
  public double slope(double prediction, double target) {
    double smooth = BinaryCrossentropy.smooth(target, labelSmoothing);
    double probability = probability(prediction);
    double miss = miss(probability, smooth);
    double slope =
        Math.pow(miss, gamma) * entropy().slope(probability, smooth)
            + gamma
                * Math.pow(miss, gamma - 1)
                * (1 - 2 * smooth)
                * entropy().value(probability, smooth);
    return balance(smooth) * slope * (fromLogits ? probability * (1 - probability) : 1);
  }

  @Override
  public Optional<Loss> overInputsOf(String activation) {
    return activation.equals("sigmoid") && !fromLogits
        ? Optional.of(new BinaryFocalCrossentropy(balanced, alpha, gamma, labelSmoothing, true))
        : Optional.empty();
  }

  private double probability(double prediction) {
    return fromLogits ? BinaryCrossentropyOfLogits.sigmoid(prediction) : prediction;
  }

  private double balance(double target) {
    return balanced ? target * alpha + (1 - target) * (1 - alpha) : 1;
  }

  private static double miss(double probability, double target) {
    return 1 - (target * probability + (1 - target) * (1 - probability));
  }

  private static BinaryCrossentropy entropy() {
    return new BinaryCrossentropy(0);
  }
}
