package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.decimal;
import static io.millrace.export.onnx.OnnxAttributes.integer;
import static io.millrace.export.onnx.OnnxAttributes.type;

import io.millrace.export.InexpressibleException;
import io.millrace.export.Values;
import io.millrace.proto.onnx.v1.AttributeProto;
import io.millrace.proto.onnx.v1.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Layers as operators, as they are in inference. */
final class OnnxLayers {
  private static final double EPSILON = 1e-3;
  private static final double SLOPE = 0.3;

  /** By the layer's type: adds the operators and returns the name of the layer's value. */
  private static final Map<String, Function<OnnxLayer, String>> WRITERS = new TreeMap<>();

  static {
    WRITERS.put("activation", layer -> OnnxActivations.write(layer, layer.input()));
    WRITERS.put("add", layer -> folded(layer, "Add"));
    WRITERS.put("batch_normalization", OnnxLayers::batchNormalization);
    WRITERS.put("bidirectional", OnnxRecurrent::bidirectional);
    WRITERS.put("concatenate", OnnxLayers::concatenate);
    WRITERS.put("conv1d", OnnxWindows::convolution);
    WRITERS.put("conv2d", OnnxWindows::convolution);
    WRITERS.put("dense", OnnxLayers::dense);
    WRITERS.put("depthwise_conv2d", OnnxWindows::depthwise);
    WRITERS.put("dropout", OnnxLayer::input);
    WRITERS.put("embedding", OnnxLayers::embedding);
    WRITERS.put("flatten", OnnxLayers::reshape);
    WRITERS.put("gaussian_noise", OnnxLayer::input);
    WRITERS.put("gru", OnnxRecurrent::single);
    WRITERS.put("layer_normalization", OnnxLayers::layerNormalization);
    WRITERS.put("leaky_relu", OnnxLayers::leakyRelu);
    WRITERS.put("lstm", OnnxRecurrent::single);
    WRITERS.put("multiply", layer -> folded(layer, "Mul"));
    WRITERS.put("reshape", OnnxLayers::reshape);
    WRITERS.put("separable_conv1d", OnnxWindows::separable);
    WRITERS.put("separable_conv2d", OnnxWindows::separable);
    for (String axes : List.of("1d", "2d")) {
      WRITERS.put("max_pooling" + axes, OnnxWindows::maxPooling);
      WRITERS.put("average_pooling" + axes, OnnxWindows::averagePooling);
      WRITERS.put("global_max_pooling" + axes, layer -> OnnxWindows.global(layer, "ReduceMax"));
      WRITERS.put(
          "global_average_pooling" + axes, layer -> OnnxWindows.global(layer, "ReduceMean"));
    }
  }

  private OnnxLayers() {}

  /**
   * Adds a layer and returns the name of its value.
   *
   * @throws InexpressibleException if ONNX has no operators for it
   */
  static String write(OnnxLayer layer) {
    Function<OnnxLayer, String> writer = WRITERS.get(layer.definition().type());
    if (writer == null) {
      throw new InexpressibleException(
          "layer %s is %s, which is not written for ONNX; allowed: %s"
              .formatted(
                  layer.name(), layer.definition().type(), String.join(", ", WRITERS.keySet())));
    }
    return writer.apply(layer);
  }

  private static String dense(OnnxLayer layer) {
    String value = layer.node("MatMul", List.of(layer.input(), layer.weight("kernel")));
    return OnnxActivations.write(layer, layer.withBias(value));
  }

  /** Applies an operator of two values from left to right. */
  private static String folded(OnnxLayer layer, String operator) {
    return layer.reads().stream()
        .reduce((left, right) -> layer.node(operator, List.of(left, right)))
        .orElseThrow();
  }

  private static String concatenate(OnnxLayer layer) {
    int axis = layer.options().integer("axis", "").orElse(-1);
    return layer.node("Concat", layer.reads(), integer("axis", axis));
  }

  private static String embedding(OnnxLayer layer) {
    String indices = layer.node("Cast", List.of(layer.input()), type(DataType.INT64));
    return layer.node("Gather", List.of(layer.weight("embeddings"), indices));
  }

  private static String reshape(OnnxLayer layer) {
    List<Integer> row = layer.definition().outputShape().dimensions();
    String shape = layer.graph().rowShape(layer.name() + "/shape", row);
    return layer.node("Reshape", List.of(layer.input(), shape));
  }

  private static String leakyRelu(OnnxLayer layer) {
    double slope = layer.options().decimal("negative_slope", "").orElse(SLOPE);
    return layer.node("LeakyRelu", List.of(layer.input()), decimal("alpha", (float) slope));
  }

  /** The operator of this name wants channels first; three plain ones take any rank. */
  private static String batchNormalization(OnnxLayer layer) {
    Values variance = layer.values("moving_variance");
    @Nullable Values gamma = layer.find("gamma");
    double epsilon = layer.options().decimal("epsilon", "").orElse(EPSILON);
    float[] scale = new float[variance.flat().length];
    for (int i = 0; i < scale.length; i++) {
      double wanted = gamma == null ? 1 : gamma.flat()[i];
      scale[i] = (float) (wanted / Math.sqrt(variance.flat()[i] + epsilon));
    }
    String centred = layer.node("Sub", List.of(layer.input(), layer.weight("moving_mean")));
    String scaled =
        layer.node("Mul", List.of(centred, layer.constant("scale", List.of(scale.length), scale)));
    return layer.find("beta") == null
        ? scaled
        : layer.node("Add", List.of(scaled, layer.weight("beta")));
  }

  private static String layerNormalization(OnnxLayer layer) {
    double epsilon = layer.options().decimal("epsilon", "").orElse(EPSILON);
    AttributeProto[] attributes = {integer("axis", -1), decimal("epsilon", (float) epsilon)};
    String scale = layer.find("gamma") == null ? ones(layer) : layer.weight("gamma");
    List<String> inputs =
        layer.find("beta") == null
            ? List.of(layer.input(), scale)
            : List.of(layer.input(), scale, layer.weight("beta"));
    return layer.node("LayerNormalization", inputs, attributes);
  }

  private static String ones(OnnxLayer layer) {
    float[] ones = new float[layer.inputShape().last()];
    Arrays.fill(ones, 1);
    return layer.constant("gamma", List.of(ones.length), ones);
  }
}
