package io.millrace.export.onnx;

import io.millrace.export.InexpressibleException;
import io.millrace.export.Values;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.proto.onnx.v1.AttributeProto;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer on its way into a graph.
 *
 * @param reads the names of the values that it reads
 * @param weights the layer's weights by name
 */
record OnnxLayer(
    OnnxGraph graph, LayerDefinition definition, List<String> reads, Map<String, Values> weights) {

  String name() {
    return definition.name();
  }

  /** Returns the layer's options, which have been read before and have no mistakes. */
  Section options() {
    return Section.root(definition.options());
  }

  /** Returns the only value that the layer reads. */
  String input() {
    return reads.get(0);
  }

  TensorShape inputShape() {
    return definition.inputShapes().get(0);
  }

  /** Adds an operator. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return graph.node(operator, name(), inputs, attributes);
  }

  /** Returns a weight's values; null if the layer has none of that name. */
  @Nullable Values find(String weight) {
    return weights.get(weight);
  }

  Values values(String weight) {
    return Objects.requireNonNull(find(weight), weight);
  }

  /** Adds a weight as it is. */
  String weight(String weight) {
    Values values = values(weight);
    return constant(weight, values.shape(), values.flat());
  }

  String constant(String part, List<Integer> shape, float... values) {
    return graph.floats(name() + "/" + part, shape, values);
  }

  /** Adds a layer's bias to the last axis of a value, if the layer has one. */
  String withBias(String value) {
    return find("bias") == null ? value : node("Add", List.of(value, weight("bias")));
  }

  /** Returns the exception for an option that no operator has. */
  InexpressibleException refused(String what, String allowed) {
    return new InexpressibleException(
        "layer %s is %s with %s, for which ONNX has no operator; allowed: %s"
            .formatted(name(), definition.type(), what, allowed));
  }
}
