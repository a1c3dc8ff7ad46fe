package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.decimal;
import static io.millrace.export.onnx.OnnxAttributes.integer;

import io.millrace.learning.kernels.Activation;
import java.util.List;

/** Activation functions as operators. */
final class OnnxActivations {
  private static final float LEAKY_SLOPE = 0.2f;
  private static final float SIXTH = 1f / 6;
  private static final float HALF = 0.5f;

  private OnnxActivations() {}

  /** Applies the activation that the layer's options name. */
  static String write(OnnxLayer layer, String value) {
    return write(
        layer,
        layer.options().choice("activation", Activation.class, "").orElse(Activation.LINEAR),
        value);
  }

  /** Applies an activation. */
  static String write(OnnxLayer layer, Activation activation, String value) {
    List<String> inputs = List.of(value);
    return switch (activation) {
      case LINEAR -> value;
      case RELU -> layer.node("Relu", inputs);
      case LEAKY_RELU -> layer.node("LeakyRelu", inputs, decimal("alpha", LEAKY_SLOPE));
      case ELU -> layer.node("Elu", inputs);
      case SELU -> layer.node("Selu", inputs);
      case GELU -> gelu(layer, value);
      case SILU -> layer.node("Mul", List.of(value, layer.node("Sigmoid", inputs)));
      case SOFTPLUS -> layer.node("Softplus", inputs);
      case SIGMOID -> layer.node("Sigmoid", inputs);
      case HARD_SIGMOID ->
          layer.node("HardSigmoid", inputs, decimal("alpha", SIXTH), decimal("beta", HALF));
      case TANH -> layer.node("Tanh", inputs);
      case SOFTMAX -> layer.node("Softmax", inputs, integer("axis", -1));
    };
  }

  /** The exact form by the error function; the operator Gelu came later than the others here. */
  private static String gelu(OnnxLayer layer, String value) {
    String root = layer.constant("root", List.of(), (float) Math.sqrt(HALF));
    String half = layer.constant("half", List.of(), HALF);
    String one = layer.constant("one", List.of(), 1);
    String error = layer.node("Erf", List.of(layer.node("Mul", List.of(value, root))));
    String share = layer.node("Mul", List.of(layer.node("Add", List.of(error, one)), half));
    return layer.node("Mul", List.of(value, share));
  }
}
