package io.millrace.learning.layers;

import io.millrace.learning.initializers.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one weight of a layer.
 *
 * @param name within the layer, such as {@code kernel}
 * @param shape all its dimensions
 * @param initializer of its values
 * @param learned false for statistics, which the layer itself updates
 * @param regularizer its penalty
 * @param maxNorm the bound on its norms, if any
 */
public record WeightDefinition(
    String name,
    TensorShape shape,
    Initializer initializer,
    boolean learned,
    Regularizer regularizer,
    @Nullable MaxNorm maxNorm) {

  /** Returns this weight as part of a layer within the layer. */
  public WeightDefinition within(String prefix) {
    return new WeightDefinition(
        prefix + "/" + name, shape, initializer, learned, regularizer, maxNorm);
  }
}
