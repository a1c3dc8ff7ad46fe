package io.millrace.learning.network;

import io.millrace.learning.layers.TensorShape;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as a graph of named layers, in an order in which each reads only what is before it.
 *
 * @param outputs the names of the layers whose results are the network's
 */
public record NetworkDefinition(
    List<InputDefinition> inputs, List<LayerDefinition> layers, List<String> outputs) {

  /** The types of layers whose results are the numbers that they read. */
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
   * Reads a network whose inputs and outputs are known already from a section with its {@code
   * layers}.
   *
   * @param outputs empty where the last layer is the only output
   */
  public static NetworkDefinition read(
      Section section, List<InputDefinition> inputs, List<String> outputs) {
    return new GraphReader(section, inputs).read(outputs);
  }

  /** Returns a tree of maps, lists, texts and numbers that {@link #read(Section)} understands. */
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
   * Returns the bound of the whole numbers that an input holds, where a layer looks them up, maybe
   * after they were put into another shape; 0 where the input holds any numbers.
   */
  public int indexBound(String input) {
    return layers.stream()
        .filter(layer -> layer.inputs().contains(input))
        .mapToInt(layer -> movesNumbers(layer) ? indexBound(layer.name()) : boundOf(layer))
        .filter(bound -> bound > 0)
        .min()
        .orElse(0);
  }

  /** Returns the layers that look up what another layer computes, which are no indices. */
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

  /** Returns the number of values of all weights, learned and not. */
  public int parameterCount() {
    return layers.stream().mapToInt(LayerDefinition::parameterCount).sum();
  }

  /** Returns the number of values of the weights that gradients change. */
  public int trainableCount() {
    return layers.stream().mapToInt(LayerDefinition::trainableCount).sum();
  }
}
