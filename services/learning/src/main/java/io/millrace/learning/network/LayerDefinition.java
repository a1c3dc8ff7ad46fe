package io.millrace.learning.network;

import io.millrace.learning.layers.Layer;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.layers.WeightDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named layer of a network.
 *
 * @param type Keras' name of the layer type
 * @param inputs the names of the inputs and layers that it reads
 * @param trainable whether its weights learn
 * @param inputShapes the shapes of its inputs, of one example each
 * @param outputShape the shape of its output, of one example
 * @param options as they were written in the settings
 */
public record LayerDefinition(
    String name,
    String type,
    List<String> inputs,
    boolean trainable,
    Layer layer,
    List<TensorShape> inputShapes,
    TensorShape outputShape,
    Map<String, Object> options) {

  public LayerDefinition {
    inputs = List.copyOf(inputs);
    inputShapes = List.copyOf(inputShapes);
  }

  /** Returns the layer's weights, in the order in which they are stored. */
  public List<WeightDefinition> weights() {
    return layer.weights(inputShapes);
  }

  /** Returns the number of values of all weights, trainable or not. */
  public int parameterCount() {
    return weights().stream().mapToInt(weight -> weight.shape().size()).sum();
  }

  /** Returns the number of values of the weights that gradients change. */
  public int trainableCount() {
    return weights().stream().filter(this::learns).mapToInt(weight -> weight.shape().size()).sum();
  }

  /** Returns whether gradients change the weight. */
  boolean learns(WeightDefinition weight) {
    return trainable && weight.learned();
  }

  Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>(options);
    tree.put("name", name);
    tree.put("inputs", inputs);
    return tree;
  }
}
