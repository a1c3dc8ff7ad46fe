package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.ColumnNormalization;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.NormalizationGradient;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Normalizes each feature over the batch, and in inference by moving averages of mean and variance.
 *
 * <p>S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing
 * Internal Covariate Shift", 2015. A frozen layer also uses the averages in training.
 *
 * @param momentum share of the averages that a batch keeps
 * @param epsilon added to the variance
 */
record BatchNormalization(
    int axis,
    float momentum,
    float epsilon,
    ScaleAndOffset scaleAndOffset,
    WeightOptions movingMean,
    WeightOptions movingVariance)
    implements Layer {

  static Layer read(Section section) {
    return new BatchNormalization(
        Axes.read(section),
        section
            .decimal("momentum", "share of the moving averages that a batch keeps")
            .atLeast(0)
            .atMost(1)
            .orElse(0.99)
            .floatValue(),
        section.decimal("epsilon", "added to the variance").above(0).orElse(1e-3).floatValue(),
        ScaleAndOffset.read(section),
        WeightOptions.initializer(section, "moving_mean", "zeros"),
        WeightOptions.initializer(section, "moving_variance", "ones"));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Axes.requireLast(axis, inputs);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    int features = inputs.get(0).last();
    List<WeightDefinition> weights = new ArrayList<>(scaleAndOffset.weights(features));
    weights.add(movingMean.defineStatistic("moving_mean", features));
    weights.add(movingVariance.defineStatistic("moving_variance", features));
    return weights;
  }

  @Override
  public void compile(LayerScope scope) {
    int features = scope.input().shape().last();
    Buffer scale = scaleAndOffset.scale(scope, features);
    Buffer offset = scaleAndOffset.offset(scope, features);
    Buffer movingMean = scope.weight("moving_mean").values();
    Buffer movingVariance = scope.weight("moving_variance").values();
    ColumnNormalization byAverages =
        new ColumnNormalization(movingMean, movingVariance, epsilon, scale, offset);
    Tensor out = scope.output(scope.input().shape());
    addPasses(scope, Mode.INFERENCE, byAverages, out);
    if (scope.isFrozen()) {
      addPasses(scope, Mode.TRAINING, byAverages, out);
      return;
    }
    Kernels kernels = scope.kernels();
    Buffer mean = kernels.allocate(features);
    Buffer variance = kernels.allocate(features);
    Matrix in = scope.input().matrix();
    scope.forward(Mode.TRAINING, kernels.columnStatistics(in, mean, variance));
    scope.forward(Mode.TRAINING, kernels.movingAverage(mean, movingMean, momentum));
    scope.forward(Mode.TRAINING, kernels.movingAverage(variance, movingVariance, momentum));
    addPasses(
        scope, Mode.TRAINING, new ColumnNormalization(mean, variance, epsilon, scale, offset), out);
  }

  private void addPasses(
      LayerScope scope, Mode mode, ColumnNormalization normalization, Tensor out) {
    Tensor in = scope.input();
    Kernels kernels = scope.kernels();
    scope.forward(mode, kernels.normalizeColumns(in.matrix(), normalization, out.matrix()));
    if (out.hasGradient()) {
      NormalizationGradient sums = scaleAndOffset.gradients(scope, in.shape().last());
      Matrix target = in.hasGradient() ? in.gradientMatrix() : out.gradientMatrix();
      boolean ofBatch = mode == Mode.TRAINING && !scope.isFrozen();
      scope.backward(
          mode,
          kernels.normalizeColumnsGradient(
              in.matrix(), normalization, out.gradientMatrix(), sums, target, ofBatch));
    }
  }
}
