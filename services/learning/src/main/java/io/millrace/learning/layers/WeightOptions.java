package io.millrace.learning.layers;

import io.millrace.learning.initializers.Initializer;
import io.millrace.learning.initializers.Initializers;
import io.millrace.settings.Section;
import org.jspecify.annotations.Nullable;

/**
 * The options of one kind of weight: {@code kernel_initializer}, {@code kernel_regularizer} and
 * {@code kernel_constraint} for kernels.
 */
record WeightOptions(Initializer initializer, Regularizer regularizer, @Nullable MaxNorm maxNorm) {

  /** Reads the options that begin with {@code weight}, such as {@code kernel}. */
  static WeightOptions read(Section section, String weight, String defaultInitializer) {
    return new WeightOptions(
        Initializers.read(section.typed(weight + "_initializer", defaultInitializer)),
        Regularizer.read(section, weight + "_regularizer"),
        MaxNorm.read(section, weight + "_constraint"));
  }

  /** Reads the initializer of a statistic. */
  static WeightOptions initializer(Section section, String weight, String defaultInitializer) {
    return new WeightOptions(
        Initializers.read(section.typed(weight + "_initializer", defaultInitializer)),
        Regularizer.NONE,
        null);
  }

  /** Returns a non-trainable weight. */
  WeightDefinition defineStatistic(String name, int... shape) {
    return new WeightDefinition(
        name, TensorShape.of(shape), initializer, false, Regularizer.NONE, null);
  }

  /** Returns a trainable weight with these options. */
  WeightDefinition define(String name, int... shape) {
    return new WeightDefinition(
        name, TensorShape.of(shape), initializer, true, regularizer, maxNorm);
  }
}
