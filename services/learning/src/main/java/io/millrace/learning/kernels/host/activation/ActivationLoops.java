package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;

/**
 * The loops of one activation function over ranges of arrays.
 *
 * <p>Both arrays of a loop have the same index: only such loops are vectorized by the just-in-time
 * compiler of JDK 17.
 */
public interface ActivationLoops {

  /** Replaces values by the function of them. */
  void apply(float[] values, int start, int length);

  /**
   * Multiplies gradients by the derivative.
   *
   * @param references the function's outputs, or its inputs where the derivative is one of those
   */
  void multiplyDerivative(float[] references, float[] gradients, int start, int length);

  /** Returns the loops of a function for each thread of a team. */
  static ActivationLoops[] ofTeam(Team team, Activation function, int columns) {
    ActivationLoops[] loops = new ActivationLoops[team.size()];
    Arrays.setAll(loops, part -> of(function, columns));
    return loops;
  }

  /** Returns the loops of a function; those of softmax work on rows of {@code columns} values. */
  static ActivationLoops of(Activation function, int columns) {
    return switch (function) {
      case LINEAR -> new Linear();
      case RELU -> new Relu();
      case LEAKY_RELU -> new LeakyRelu(LeakyRelu.DEFAULT_SLOPE);
      case ELU -> new Elu(1, 1);
      case SELU -> new Elu(Elu.SELU_SCALE, Elu.SELU_ALPHA);
      case GELU -> new Gelu();
      case SILU -> new Silu();
      case SOFTPLUS -> new Softplus();
      case SIGMOID -> new Sigmoid();
      case HARD_SIGMOID -> new HardSigmoid();
      case TANH -> new Tanh();
      case SOFTMAX -> new Softmax(columns);
    };
  }
}
