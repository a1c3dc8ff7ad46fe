package io.millrace.learning.keras;

import io.millrace.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the layers of a file that {@code model.to_json()} of Keras 3 wrote into those of a settings
 * document.
 *
 * <p>Layers keep their names. The inputs are those of the document: the only one stands for the
 * only one of Keras, several have the names of Keras' input layers. An input that Keras has as an
 * image or a sequence is filled by the record in that order and takes its shape in a layer of its
 * own, {@code NAME_shape}.
 */
public final class KerasArchitecture {
  private final KerasModel model;
  private final List<String> inputs;
  private final List<String> outputs;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<Map<String, Object>> layers = new ArrayList<>();

  private KerasArchitecture(KerasModel model, List<String> inputs, List<String> outputs) {
    this.model = model;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Returns the layers of a file as the sections of {@code network.layers}.
   *
   * @param file what it holds
   * @param inputs the names of the document's inputs
   * @param outputs the names of the document's outputs
   * @throws InvalidSettingsException where the file has what a network here cannot have; it names
   *     the layer and its class
   */
  public static List<Map<String, Object>> layers(
      Map<String, ?> file, List<String> inputs, List<String> outputs) {
    return new KerasArchitecture(KerasModel.read(file), inputs, outputs).layers();
  }

  private List<Map<String, Object>> layers() {
    List<KerasLayer> kerasInputs = model.layers().stream().filter(KerasLayer::isInput).toList();
    if (kerasInputs.isEmpty() && inputs.size() == 1) {
      addLayers();
      return layers;
    }
    if (kerasInputs.size() != inputs.size()) {
      throw UnsupportedKeras.architecture(
          "has " + kerasInputs.size() + " inputs, but the document has " + inputs.size());
    }
    kerasInputs.forEach(this::addInput);
    addLayers();
    return layers;
  }

  private void addInput(KerasLayer input) {
    String name = inputs.size() == 1 ? inputs.get(0) : input.name();
    if (!inputs.contains(name)) {
      throw UnsupportedKeras.architecture(
          "has the input " + name + "; allowed: one of inputs: " + String.join(", ", inputs));
    }
    names.put(input.name(), name);
    List<?> shape = input.inputShape();
    if (shape.size() > 1) {
      if (shape.contains(null)) {
        throw UnsupportedKeras.architecture(
            "has " + input + " of the shape " + shape + "; allowed: known dimensions");
      }
      layers.add(
          Map.of(
              "type",
              "reshape",
              "name",
              name + "_shape",
              "target_shape",
              shape,
              "inputs",
              List.of(name)));
      names.put(input.name(), name + "_shape");
    }
  }

  private void addLayers() {
    for (KerasLayer layer : model.layers()) {
      if (!layer.isInput()) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", nameOf(layer));
        tree.putAll(KerasLayers.tree(layer));
        if (!layer.inputs().isEmpty()) {
          tree.put(
              "inputs",
              layer.inputs().stream().map(input -> names.getOrDefault(input, input)).toList());
        }
        layers.add(tree);
      }
    }
    moveOnlyOutputLast();
  }

  /** Returns a layer's name; the name of a document's input is not free for one. */
  private String nameOf(KerasLayer layer) {
    String name = inputs.contains(layer.name()) ? layer.name() + "_layer" : layer.name();
    names.put(layer.name(), name);
    return name;
  }

  /** The only output of a document is the last layer, in Keras that need not be so. */
  private void moveOnlyOutputLast() {
    if (outputs.size() != 1 || model.outputs().size() != 1) {
      return;
    }
    String output = names.getOrDefault(model.outputs().get(0), model.outputs().get(0));
    layers.stream()
        .filter(layer -> output.equals(layer.get("name")))
        .findFirst()
        .ifPresent(
            layer -> {
              layers.remove(layer);
              layers.add(layer);
            });
  }
}
