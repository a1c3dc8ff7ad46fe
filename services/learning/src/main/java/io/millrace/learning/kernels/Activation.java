package io.millrace.learning.kernels;

/** Activation functions, with the names and constants of Keras 3. */
public enum Activation {
  LINEAR(true),
  RELU(true),
  /** Slope 0.2 below zero. */
  LEAKY_RELU(true),
  ELU(true),
  /** G. Klambauer et al., "Self-Normalizing Neural Networks", 2017. */
  SELU(true),
  /** The exact form, with the error function: D. Hendrycks, K. Gimpel, 2016. */
  GELU(false),
  SILU(false),
  SOFTPLUS(true),
  SIGMOID(true),
  /** {@code x / 6 + 0.5}, clipped to [0, 1], as in Keras 3. */
  HARD_SIGMOID(true),
  TANH(true),
  /** Over the columns of each row. */
  SOFTMAX(true);

  private final boolean gradientFromOutput;

  Activation(boolean gradientFromOutput) {
    this.gradientFromOutput = gradientFromOutput;
  }

  /**
   * Returns whether the gradient needs only the output, so that the output may overwrite the input.
   */
  public boolean isGradientFromOutput() {
    return gradientFromOutput;
  }
}
