package io.millrace.learning.losses;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The negative logarithm of the probability of the correct class; the target is its index. The
 * probabilities of a row are clipped, then normalized to a sum of one.
 */
record SparseCategoricalCrossentropy() implements Loss {

  @Override
  public int leastWidth() {
    return 2;
  }

  @Override
  public int targetWidth(int width) {
    return 1;
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    int target = row * width + ClassIndex.of(targets, row, width);
    double sum = Probability.sumOfClipped(predictions, row * width, width);
    double right = Probability.clipped(predictions[target]);
    if (gradient != null) {
      for (int i = row * width; i < (row + 1) * width; i++) {
        double slope = 1 / sum - (i == target ? 1 / right : 0);
        gradient[i] = Probability.isInside(predictions[i]) ? (float) slope : 0;
      }
    }
    return Math.log(sum / right);
  }

  @Override
  public Optional<Loss> overInputsOf(String activation) {
    return activation.equals("softmax")
        ? Optional.of(new SparseCategoricalCrossentropyAfterSoftmax())
        : Optional.empty();
  }
}
