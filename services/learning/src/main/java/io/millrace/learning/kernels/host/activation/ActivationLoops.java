package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;

/**
 * The loops of one activation function over ranges of arrays.
 *
 * <p>Both arrays of a loop have the same index, because the just-in-time compiler of JDK 17
 * vectorizes only such loops.
 */
public interface ActivationLoops {

  /** Replaces values by their function values. */
  void apply(float[] values, int start, int length);

  /**
   * Multiplies gradients by the derivative.
   *
   * @param references the function's outputs, or its inputs if the derivative needs them
   */
  void multiplyDerivative(float[] references, float[] gradients, int start, int length);

  /** Returns the loops of a function, one instance for each thread of a team. */
  static ActivationLoops[] ofTeam(Team team, Activation function, int columns) {
    ActivationLoops[] loops = new ActivationLoops[team.size()];
    Arrays.setAll(loops, part -> of(function, columns));
    return loops;
  }

  /** Returns the loops of a function; softmax works on rows of {@code columns} values. */
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
