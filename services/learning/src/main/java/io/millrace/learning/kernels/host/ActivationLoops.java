package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Activation;

/** The loops of one activation function over ranges of arrays. */
interface ActivationLoops {

  /** Sets {@code length} values of {@code out}; it may be {@code in} itself. */
  void apply(float[] in, int inStart, float[] out, int outStart, int length);

  /**
   * Multiplies {@code length} values of {@code gradient} by the derivative.
   *
   * @param reference the function's output, or its input where the derivative is one of the input
   */
  void multiplyDerivative(
      float[] reference, int referenceStart, float[] gradient, int gradientStart, int length);

  /** Returns the loops of a function; those of softmax work on rows of {@code columns} values. */
  static ActivationLoops of(Activation function, int columns) {
    return switch (function) {
      case LINEAR -> new Linear();
      case RELU -> new Relu();
      case LEAKY_RELU -> new LeakyRelu();
      case ELU -> new Elu(1, 1);
      case SELU -> new Elu(Elu.SELU_SCALE, Elu.SELU_ALPHA);
      case GELU -> new Gelu();
      case SILU -> new Silu();
      case SOFTPLUS -> new Softplus();
      case SIGMOID -> new Sigmoid();
      case TANH -> new Tanh();
      case SOFTMAX -> new Softmax(columns);
    };
  }
}
