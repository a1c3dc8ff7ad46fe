package io.millrace.learning.network;

import io.millrace.learning.layers.TensorShape;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as a graph of named layers, in an order in which each layer reads only earlier ones.
 *
 * @param outputs the names of the layers whose results are the network's
 */
public record NetworkDefinition(
    List<InputDefinition> inputs, List<LayerDefinition> layers, List<String> outputs) {

  /** The types of layers that only rearrange the numbers that they read. */
  private static final Set<String> MOVING = Set.of("reshape", "flatten", "concatenate");

  public NetworkDefinition {
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /** Reads a network from a section with its {@code inputs}, {@code layers} and {@code outputs}. */
  public static NetworkDefinition read(Section section) {
    List<InputDefinition> inputs =
        section.sections("inputs").stream().map(InputDefinition::read).toList();
    if (inputs.isEmpty()) {
      section.report("inputs", "is required: the inputs of the network");
    }
    List<String> outputs =
        section.texts("outputs", "layers whose results are the network's").orElse(List.of());
    return read(section, inputs, outputs);
  }

  /**
   * Reads a network with given inputs and outputs from a section with its {@code layers}.
   *
   * @param outputs empty if the last layer is the only output
   */
  public static NetworkDefinition read(
      Section section, List<InputDefinition> inputs, List<String> outputs) {
    return new GraphReader(section, inputs).read(outputs);
  }

  /** Returns a tree of maps, lists, texts and numbers that {@link #read(Section)} accepts. */
  public Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("inputs", inputs.stream().map(InputDefinition::toTree).toList());
    tree.put("layers", layers.stream().map(LayerDefinition::toTree).toList());
    tree.put("outputs", outputs);
    return tree;
  }

  /** Returns the shape of an output, of one example. */
  public TensorShape outputShape(String output) {
    return layers.stream()
        .filter(layer -> layer.name().equals(output))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No layer is named " + output))
        .outputShape();
  }

  /**
   * Returns the exclusive upper bound of the indices that an input holds for a lookup, directly or
   * through a change of shape; 0 if it holds plain numbers.
   */
  public int indexBound(String input) {
    return layers.stream()
        .filter(layer -> layer.inputs().contains(input))
        .mapToInt(layer -> movesNumbers(layer) ? indexBound(layer.name()) : boundOf(layer))
        .filter(bound -> bound > 0)
        .min()
        .orElse(0);
  }

  /** Returns the layers that use another layer's results as indices, which is an error. */
  public List<LayerDefinition> lookingUpResults() {
    return layers.stream()
        .filter(layer -> boundOf(layer) > 0)
        .filter(layer -> layer.inputs().stream().anyMatch(this::isComputed))
        .toList();
  }

  private boolean isComputed(String name) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .anyMatch(
            layer -> !movesNumbers(layer) || layer.inputs().stream().anyMatch(this::isComputed));
  }

  private static int boundOf(LayerDefinition layer) {
    return layer.layer().indexBound();
  }

  private static boolean movesNumbers(LayerDefinition layer) {
    return MOVING.contains(layer.type());
  }

  /** Returns the number of values of all weights, trainable or not. */
  public int parameterCount() {
    return layers.stream().mapToInt(LayerDefinition::parameterCount).sum();
  }

  /** Returns the number of values of the weights that gradients change. */
  public int trainableCount() {
    return layers.stream().mapToInt(LayerDefinition::trainableCount).sum();
  }
}
