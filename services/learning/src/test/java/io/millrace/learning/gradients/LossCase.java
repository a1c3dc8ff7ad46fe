package io.millrace.learning.gradients;

import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * A loss, the activation that makes the predictions it expects, and targets for it.
 *
 * @param activation of the output layer
 * @param targets the kind of targets
 */
record LossCase(Map<String, Object> loss, String activation, Targets targets) {

  /** The kinds of targets. */
  enum Targets {
    NUMBERS,
    POSITIVE_NUMBERS,
    SIGNS,
    BITS,
    CLASS_INDEX,
    ONE_HOT,
    PROBABILITIES
  }

  static final int WIDTH = 3;

  static List<LossCase> all() {
    return List.of(
        of("mean_squared_error", "linear", Targets.NUMBERS),
        of("mean_absolute_error", "linear", Targets.NUMBERS),
        of("mean_absolute_percentage_error", "linear", Targets.POSITIVE_NUMBERS),
        of("mean_squared_logarithmic_error", "softplus", Targets.POSITIVE_NUMBERS),
        of("huber", "linear", Targets.NUMBERS),
        of("log_cosh", "linear", Targets.NUMBERS),
        of("poisson", "softplus", Targets.POSITIVE_NUMBERS),
        of("hinge", "tanh", Targets.SIGNS),
        of("squared_hinge", "tanh", Targets.SIGNS),
        of("categorical_hinge", "tanh", Targets.ONE_HOT),
        of("kl_divergence", "softmax", Targets.PROBABILITIES),
        of("binary_crossentropy", "sigmoid", Targets.BITS),
        of("categorical_crossentropy", "softmax", Targets.ONE_HOT),
        of("sparse_categorical_crossentropy", "softmax", Targets.CLASS_INDEX),
        of("binary_focal_crossentropy", "sigmoid", Targets.BITS),
        of("categorical_focal_crossentropy", "softmax", Targets.ONE_HOT),
        new LossCase(
            Map.of("type", "sparse_categorical_crossentropy", "from_logits", true),
            "linear",
            Targets.CLASS_INDEX));
  }

  private static LossCase of(String type, String activation, Targets targets) {
    return new LossCase(Map.of("type", type), activation, targets);
  }

  String name() {
    return loss.get("type") + " of " + activation;
  }

  /** Returns targets for {@code rows} rows. */
  double[] draw(int rows, RandomStream random) {
    if (targets == Targets.CLASS_INDEX) {
      double[] indices = new double[rows];
      for (int row = 0; row < rows; row++) {
        indices[row] = random.integer(row, WIDTH);
      }
      return indices;
    }
    double[] values = new double[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int right = random.integer(i / WIDTH, WIDTH);
      values[i] = draw(i, right == i % WIDTH, random);
    }
    return values;
  }

  private double draw(int i, boolean isRight, RandomStream random) {
    return switch (targets) {
      case NUMBERS -> random.normal(i);
      case POSITIVE_NUMBERS -> 0.5 + random.uniform(i);
      case SIGNS -> random.uniform(i) < 0.5 ? -1 : 1;
      case BITS, CLASS_INDEX -> random.integer(i, 2);
      case ONE_HOT -> isRight ? 1 : 0;
      case PROBABILITIES -> isRight ? 0.6 : 0.2;
    };
  }
}
