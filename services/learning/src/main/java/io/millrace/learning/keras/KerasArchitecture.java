package io.millrace.learning.keras;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts the layers of a Keras model into those of a settings document.
 *
 * <p>Layers keep their names. The inputs are those of the document. A single input matches Keras'
 * single input; several have the names of Keras' input layers. If Keras has an input as an image or
 * a sequence, the record fills it in that order, and an extra layer {@code NAME_shape} gives it its
 * shape.
 */
final class KerasArchitecture {
  private static final Pattern LAYER = Pattern.compile("network\\.layers\\[(\\d+)]\\.?(.*)");

  private final KerasModel model;
  private final Map<String, Integer> inputs;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<Map<String, Object>> layers = new ArrayList<>();

  private KerasArchitecture(KerasModel model, Map<String, Integer> inputs) {
    this.model = model;
    this.inputs = inputs;
  }

  /**
   * Returns the layers of a model as the sections of {@code network.layers}.
   *
   * @param inputs how many values each of the document's inputs has
   * @param outputs the names of the document's outputs; empty if it has only one
   * @throws InvalidSettingsException if the model has something unsupported; it names the layer and
   *     its class
   */
  static List<Map<String, Object>> layers(
      KerasModel model, Map<String, Integer> inputs, List<String> outputs) {
    requireOutputs(model, outputs);
    KerasArchitecture architecture = new KerasArchitecture(model, inputs);
    architecture.addInputs();
    architecture.addLayers();
    return architecture.layers;
  }

  /** Returns problems of the layers as problems of the file, with the names of the layers. */
  static InvalidSettingsException named(
      InvalidSettingsException problems, List<Map<String, Object>> layers) {
    return new InvalidSettingsException(
        problems.problems().stream().map(problem -> named(problem, layers)).toList());
  }

  private static Problem named(Problem problem, List<Map<String, Object>> layers) {
    Matcher path = LAYER.matcher(problem.path());
    if (!path.matches()) {
      return problem;
    }
    Map<String, Object> layer = layers.get(Integer.parseInt(path.group(1)));
    String option = path.group(2);
    return new Problem(
        UnsupportedKeras.ARCHITECTURE,
        option.isEmpty()
            ? "has " + problem.message()
            : "has layer %s (%s): %s %s"
                .formatted(layer.get("name"), layer.get("type"), option, problem.message()));
  }

  private static void requireOutputs(KerasModel model, List<String> outputs) {
    List<String> layers = model.outputs().values().stream().sorted().toList();
    boolean isOneOfBoth = outputs.isEmpty() && layers.size() <= 1;
    if (!isOneOfBoth && !layers.equals(outputs.stream().sorted().toList())) {
      throw UnsupportedKeras.architecture(
          "has %s, but the document has %s; make them the same"
              .formatted(
                  layers.size() <= 1 ? "one output" : "the outputs " + String.join(", ", layers),
                  outputs.isEmpty() ? "one" : String.join(", ", outputs)));
    }
  }

  private void addInputs() {
    List<KerasLayer> kerasInputs = model.layers().stream().filter(KerasLayer::isInput).toList();
    if (kerasInputs.isEmpty() && inputs.size() == 1) {
      Optional<List<?>> first = model.layers().stream().findFirst().flatMap(KerasLayer::batchShape);
      first
          .or(model::batchShape)
          .ifPresent(shape -> addShape("the only input", inputs.keySet().iterator().next(), shape));
      return;
    }
    if (kerasInputs.size() != inputs.size()) {
      throw UnsupportedKeras.architecture(
          "has " + kerasInputs.size() + " inputs, but the document has " + inputs.size());
    }
    kerasInputs.forEach(this::addInput);
  }

  private void addInput(KerasLayer input) {
    String name = inputs.size() == 1 ? inputs.keySet().iterator().next() : input.name();
    if (!inputs.containsKey(name)) {
      throw UnsupportedKeras.architecture(
          "has the input "
              + name
              + "; allowed: one of inputs: "
              + String.join(", ", inputs.keySet()));
    }
    KerasLayerForms.requireInput(input);
    List<?> shape =
        input
            .batchShape()
            .orElseThrow(
                () ->
                    UnsupportedKeras.architecture(
                        "has " + input + " without a batch_shape or batch_input_shape"));
    names.put(input.name(), addShape(input.toString(), name, shape));
  }

  /**
   * Adds the layer that gives an input its shape, if it has more than one axis.
   *
   * @param batchShape the shape of a batch; one axis besides the batch axis may be unknown
   * @return the name by which layers read the input
   */
  private String addShape(String owner, String name, List<?> batchShape) {
    List<Object> shape =
        new ArrayList<>(batchShape.subList(Math.min(1, batchShape.size()), batchShape.size()));
    int unknown = Collections.frequency(shape, null);
    if (shape.isEmpty() || (shape.size() > 1 && unknown > 1)) {
      throw UnsupportedKeras.architecture(
          "has "
              + owner
              + " of the shape "
              + batchShape
              + "; allowed: known dimensions but for one");
    }
    if (unknown == 0) {
      requireWidth(owner, name, shape);
    }
    if (shape.size() == 1) {
      return name;
    }
    shape.replaceAll(dimension -> dimension == null ? -1 : dimension);
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
    return name + "_shape";
  }

  private void requireWidth(String owner, String name, List<Object> shape) {
    long width =
        shape.stream()
            .mapToLong(each -> each instanceof Number size ? size.longValue() : 0)
            .reduce(1, (a, b) -> a * b);
    if (width != inputs.getOrDefault(name, 0)) {
      throw UnsupportedKeras.architecture(
          "has %s of the shape %s, which is %d values, but inputs.%s has %d"
              .formatted(owner, shape, width, name, inputs.get(name)));
    }
  }

  private void addLayers() {
    for (KerasLayer layer : model.layers()) {
      if (!layer.isInput()) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", nameOf(layer));
        tree.putAll(KerasOptions.tree(layer));
        if (!layer.inputs().isEmpty()) {
          tree.put("inputs", layer.inputs().stream().map(input -> read(layer, input)).toList());
        }
        layers.add(tree);
      }
    }
    moveOnlyOutputLast();
  }

  /** Returns the converted name of a layer's input. */
  private String read(KerasLayer layer, String input) {
    String name = names.get(input);
    if (name == null) {
      throw UnsupportedKeras.architecture(
          "has " + layer + " that reads " + input + ", which is not before it");
    }
    return name;
  }

  /** Returns a layer's converted name, which must not be that of a document's input. */
  private String nameOf(KerasLayer layer) {
    String name = inputs.containsKey(layer.name()) ? layer.name() + "_layer" : layer.name();
    names.put(layer.name(), name);
    return name;
  }

  /** Moves the only output to the end: it is a document's last layer, but not always Keras'. */
  private void moveOnlyOutputLast() {
    if (model.outputs().size() != 1) {
      return;
    }
    String layer = model.outputs().values().iterator().next();
    String output = names.getOrDefault(layer, layer);
    layers.stream()
        .filter(each -> output.equals(each.get("name")))
        .findFirst()
        .ifPresent(
            each -> {
              layers.remove(each);
              layers.add(each);
            });
  }
}
