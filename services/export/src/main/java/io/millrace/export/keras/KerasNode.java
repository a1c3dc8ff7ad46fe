package io.millrace.export.keras;

import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.network.LayerDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A layer of a Keras model and the layers that it reads.
 *
 * @param kind Keras' class
 * @param config the arguments of its constructor
 * @param reads the names of the layers that it reads
 * @param shape of its output, of one example
 * @param layer the layer that it stands for; empty for an input and its scaling
 */
record KerasNode(
    String name,
    String kind,
    Map<String, Object> config,
    List<String> reads,
    TensorShape shape,
    Optional<LayerDefinition> layer) {
  static final String INPUT = "InputLayer";

  boolean isInput() {
    return kind.equals(INPUT);
  }

  /** Returns whether Keras calls it with a list of tensors. */
  private boolean readsList() {
    return List.of("Add", "Multiply", "Concatenate").contains(kind);
  }

  /** Returns the batch's shape; JSON's null is the unknown number of rows. */
  @SuppressWarnings("NullAway")
  static List<Object> batchShape(TensorShape shape) {
    List<Object> dimensions = new ArrayList<>();
    dimensions.add(null);
    dimensions.addAll(shape.dimensions());
    return dimensions;
  }

  /**
   * Returns the layer as a part of a model.
   *
   * @param byName all nodes of the model
   */
  Map<String, Object> tree(Map<String, KerasNode> byName) {
    Map<String, Object> tree = KerasObjects.object("keras.layers", kind, config);
    tree.put("name", name);
    tree.put("inbound_nodes", isInput() ? List.of() : List.of(call(byName)));
    return tree;
  }

  private Map<String, Object> call(Map<String, KerasNode> byName) {
    List<Object> tensors = new ArrayList<>();
    reads.forEach(read -> tensors.add(Objects.requireNonNull(byName.get(read), read).tensor()));
    return Map.of("args", readsList() ? List.of(tensors) : tensors, "kwargs", Map.of());
  }

  private Map<String, Object> tensor() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("shape", batchShape(shape));
    config.put("dtype", "float32");
    config.put("keras_history", reference());
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("class_name", "__keras_tensor__");
    tensor.put("config", config);
    return tensor;
  }

  /** Returns how a model refers to the layer's output. */
  List<Object> reference() {
    return List.of(name, 0, 0);
  }
}
