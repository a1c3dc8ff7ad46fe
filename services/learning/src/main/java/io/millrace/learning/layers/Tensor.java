package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch of values that flows between layers, and the gradient that flows back.
 *
 * @param shape of one example
 * @param values {@code [n, shape]}
 * @param gradient {@code [n, shape]}; absent if nothing before it learns
 */
public record Tensor(TensorShape shape, Buffer values, @Nullable Buffer gradient) {

  /** Returns the values with one row per example; // [n, size]. */
  public Matrix examples() {
    return Matrix.of(values, shape.size());
  }

  /**
   * Returns the values with one row per place and the last axis as columns; // [n * places, last].
   */
  public Matrix matrix() {
    return Matrix.of(values, shape.size() / shape.last(), shape.last());
  }

  public boolean hasGradient() {
    return gradient != null;
  }

  /** Returns the gradient of {@link #examples}, which must exist. */
  public Matrix exampleGradients() {
    return Matrix.of(gradients(), shape.size());
  }

  /** Returns the gradient of {@link #matrix}, which must exist. */
  public Matrix gradientMatrix() {
    return Matrix.of(gradients(), shape.size() / shape.last(), shape.last());
  }

  /** Returns the memory of the gradient, which must exist. */
  public Buffer gradients() {
    return Objects.requireNonNull(gradient);
  }

  /** Returns the same memory, viewed in another shape of the same size. */
  public Tensor reshaped(TensorShape other) {
    return new Tensor(other, values, gradient);
  }
}
