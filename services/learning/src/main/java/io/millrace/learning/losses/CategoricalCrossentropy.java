package io.millrace.learning.losses;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy between a target and a predicted distribution. The probabilities of a row are
 * normalized to a sum of one, then clipped.
 *
 * @param focus the term of each class; {@link Focus#NONE} for the plain cross entropy
 * @param labelSmoothing share of each target that is spread evenly over the classes
 */
record CategoricalCrossentropy(Focus focus, double labelSmoothing) implements Loss {

  @Override
  public int leastWidth() {
    return 2;
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      sum += predictions[i];
    }
    double loss = 0;
    double drift = 0; // what the normalization subtracts from every slope
    for (int i = row * width; i < (row + 1) * width; i++) {
      double share = predictions[i] / sum;
      double target = smooth(targets[i], width, labelSmoothing);
      loss += target * focus.term(Math.log(Probability.clipped(share)));
      drift += target * slope(share);
    }
    if (gradient != null) {
      for (int i = row * width; i < (row + 1) * width; i++) {
        double target = smooth(targets[i], width, labelSmoothing);
        double share = predictions[i] / sum;
        gradient[i] = (float) ((target * slope(share) / share - drift) / sum);
      }
    }
    return loss;
  }

  private double slope(double share) {
    return Probability.isInside(share) ? focus.slope(Math.log(share)) : 0;
  }

  @Override
  public Optional<Loss> overInputsOf(String activation) {
    return activation.equals("softmax")
        ? Optional.of(new CategoricalCrossentropyOfLogits(focus, labelSmoothing))
        : Optional.empty();
  }

  /** Returns the target moved towards the uniform distribution. */
  static double smooth(double target, int classes, double labelSmoothing) {
    return target * (1 - labelSmoothing) + labelSmoothing / classes;
  }
}
