package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.NormalizationGradient;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The learned scale {@code gamma} and offset {@code beta} of a normalization, both optional. */
record ScaleAndOffset(@Nullable WeightOptions gamma, @Nullable WeightOptions beta) {

  static ScaleAndOffset read(Section section) {
    boolean scale = section.flag("scale", "whether a scale gamma is learned").orElse(true);
    boolean center = section.flag("center", "whether an offset beta is learned").orElse(true);
    WeightOptions gamma = WeightOptions.read(section, "gamma", "ones");
    WeightOptions beta = WeightOptions.read(section, "beta", "zeros");
    return new ScaleAndOffset(scale ? gamma : null, center ? beta : null);
  }

  List<WeightDefinition> weights(int features) {
    List<WeightDefinition> weights = new ArrayList<>();
    if (gamma != null) {
      weights.add(gamma.define("gamma", features));
    }
    if (beta != null) {
      weights.add(beta.define("beta", features));
    }
    return weights;
  }

  /** Returns the scale; it is one if none is learned. */
  Buffer scale(LayerScope scope, int features) {
    return gamma == null ? constant(scope, features, 1) : scope.weight("gamma").values();
  }

  /** Returns the offset; it is zero if none is learned. */
  Buffer offset(LayerScope scope, int features) {
    return beta == null ? constant(scope, features, 0) : scope.weight("beta").values();
  }

  /** Returns the targets of the gradients; they are unused scratch memory if nothing is learned. */
  NormalizationGradient gradients(LayerScope scope, int features) {
    Buffer scale = gamma == null ? null : scope.weight("gamma").gradient();
    Buffer offset = beta == null ? null : scope.weight("beta").gradient();
    return new NormalizationGradient(
        scale == null ? scope.kernels().allocate(features) : scale,
        offset == null ? scope.kernels().allocate(features) : offset);
  }

  private static Buffer constant(LayerScope scope, int features, float value) {
    float[] values = new float[features];
    Arrays.fill(values, value);
    Buffer buffer = scope.kernels().allocate(features);
    buffer.write(0, values, 0, features);
    return buffer;
  }
}
