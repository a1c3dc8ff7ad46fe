package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.constant;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Activation;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Activation functions: ND4J's native operations where they exist, else formulas. */
final class Activations {
  private static final double LEAKY_SLOPE = 0.2;
  private static final double HARD_SLOPE = 1.0 / 6;
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final Variable IN = variable("in");
  private static final Variable OUT = variable("out");
  private static final Variable GRADIENT = variable("gradient");

  private final Scratch scratch;

  Activations(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Binds a function; {@code in} and {@code out} may be the same. */
  List<Operation> bind(Activation function, INDArray in, INDArray out) {
    return switch (function) {
      case LINEAR -> List.of(ElementOperations.copy(in, out));
      case RELU -> List.of(operation("relu", in, out).decimals(0));
      case LEAKY_RELU -> bindLeakyRelu(LEAKY_SLOPE, in, out);
      case ELU -> List.of(operation("elu", in, out).decimals(1));
      case SELU -> List.of(operation("selu", in, out));
      case SOFTPLUS -> List.of(operation("softplus", in, out));
      case SIGMOID -> List.of(operation("sigmoid", in, out));
      case HARD_SIGMOID ->
          bind(
              OUT.becomes(IN.times(HARD_SLOPE).plus(0.5).maximum(0).minimum(1)),
              Map.of("in", in, "out", out));
      case TANH -> List.of(operation("tanh", in, out));
      case SOFTMAX -> List.of(operation("softmax", in, out).integers(1));
      case GELU -> bind(OUT.becomes(IN.times(normalDistribution())), Map.of("in", in, "out", out));
      case SILU -> bind(OUT.becomes(IN.times(IN.sigmoid())), Map.of("in", in, "out", out));
    };
  }

  /** Binds the conversion of the output's gradient into that of the input, in place. */
  List<Operation> bindGradient(Activation function, INDArray in, INDArray out, INDArray gradient) {
    return switch (function) {
      case LINEAR -> List.of();
      case RELU ->
          List.of(
              NativeOperation.named("relu_bp").reads(out, gradient).writes(gradient).decimals(0));
      case LEAKY_RELU -> bindLeakyReluGradient(LEAKY_SLOPE, out, gradient);
      default ->
          bind(
              GRADIENT.becomes(inputGradient(function)),
              Map.of("in", in, "out", out, "gradient", gradient));
    };
  }

  List<Operation> bindLeakyRelu(double slope, INDArray in, INDArray out) {
    return List.of(operation("lrelu", in, out).decimals(slope));
  }

  /**
   * ND4J's gradient treats an output of 0 as above zero, but with slope 0 all inputs below zero
   * have that output.
   */
  List<Operation> bindLeakyReluGradient(double slope, INDArray out, INDArray gradient) {
    String name = slope == 0 ? "relu_bp" : "lrelu_bp";
    return List.of(
        NativeOperation.named(name).reads(out, gradient).writes(gradient).decimals(slope));
  }

  private static Expression inputGradient(Activation function) {
    return switch (function) {
      case SOFTMAX -> OUT.times(GRADIENT.minus(GRADIENT.times(OUT).sum(1)));
      default -> GRADIENT.times(derivative(function));
    };
  }

  private static Expression derivative(Activation function) {
    return switch (function) {
      case ELU -> OUT.minimum(0).plus(1);
      case SELU -> seluDerivative();
      case GELU -> normalDistribution().plus(IN.times(normalDensity()));
      case SILU -> IN.sigmoid().times(constant(1).minus(IN.sigmoid()).times(IN).plus(1));
      case SOFTPLUS -> constant(1).minus(OUT.times(-1).exponential());
      case SIGMOID -> OUT.times(constant(1).minus(OUT));
      case HARD_SIGMOID -> OUT.times(constant(1).minus(OUT)).sign().times(HARD_SLOPE);
      case TANH -> constant(1).minus(OUT.square());
      default -> throw new IllegalArgumentException("No formula for " + function);
    };
  }

  /** The scale above zero; the output plus scale · alpha below. It jumps at zero. */
  private static Expression seluDerivative() {
    Expression isPositive = OUT.maximum(0).sign();
    return OUT.minimum(0)
        .plus(SELU_SCALE * SELU_ALPHA)
        .plus(isPositive.times(SELU_SCALE - SELU_SCALE * SELU_ALPHA));
  }

  private static Expression normalDistribution() {
    return IN.times(Math.sqrt(0.5)).errorFunction().plus(1).times(0.5);
  }

  private static Expression normalDensity() {
    return IN.square().times(-0.5).exponential().times(1 / Math.sqrt(2 * Math.PI));
  }

  private List<Operation> bind(Assignment formula, Map<String, INDArray> arrays) {
    return Formulas.bind(List.of(formula), arrays, scratch);
  }

  private static NativeOperation operation(String name, INDArray in, INDArray out) {
    return NativeOperation.named(name).reads(in).writes(out);
  }
}
