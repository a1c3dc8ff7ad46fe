package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Sequential or Functional model as written by {@code model.to_json()} of Keras 3 or 2, which an
 * archive {@code .keras} also contains.
 *
 * @param layers in Keras' order, in which each reads only earlier ones
 * @param batchShape the batch shape of the only input, if a Sequential model gives it separately
 * @param outputs the output layers by the outputs' names, in Keras' order; empty: the last layer
 * @param compileConfig the arguments of {@code model.compile()}; empty if it was not called, or by
 *     Keras 2
 * @param isKeras2 whether Keras 2 wrote it
 */
record KerasModel(
    List<KerasLayer> layers,
    Optional<List<?>> batchShape,
    Map<String, String> outputs,
    Map<String, Object> compileConfig,
    boolean isKeras2) {
  private static final Set<String> KINDS = Set.of("Sequential", "Functional", "Model");
  private static final Set<String> KEYS =
      Set.of(
          "module",
          "class_name",
          "config",
          "registered_name",
          "shared_object_id",
          "build_config",
          "compile_config",
          "keras_version",
          "backend");
  private static final Set<String> CONFIG_KEYS =
      Set.of(
          "name",
          "trainable",
          "dtype",
          "layers",
          "input_layers",
          "output_layers",
          "build_input_shape");
  private static final String OPERATIONS = "keras.src.ops.";

  static KerasModel read(Map<String, ?> json) {
    KerasModel model = readLayers(json);
    if (model.isKeras2) {
      model.layers.forEach(KerasActivation::requireSameInKeras3);
    }
    return model;
  }

  /**
   * Returns whether Keras 2 wrote the model. An archive has no version, but its inputs have another
   * argument.
   */
  private static boolean isOfKeras2(Map<String, ?> json, List<KerasLayer> layers) {
    return Json.text(json.get("keras_version")).startsWith("2.")
        || layers.stream().anyMatch(layer -> layer.config().containsKey("batch_input_shape"));
  }

  private static KerasModel readLayers(Map<String, ?> json) {
    String kind = Json.text(json.get("class_name"));
    if (!KINDS.contains(kind)) {
      throw UnsupportedKeras.architecture(
          "is a "
              + (kind.isEmpty() ? "file without a class_name" : kind)
              + "; allowed: a Sequential or Functional model as model.to_json() writes it");
    }
    requireKnown("a file", json, KEYS);
    Map<String, Object> config = config(json.get("config"));
    boolean isSequential = kind.equals("Sequential");
    KerasNesting nesting = new KerasNesting(isSequential);
    for (Object each : Json.list(config.get("layers"))) {
      Map<String, Object> tree = Json.map(each);
      KerasLayer layer = layer(tree, isSequential);
      if (KINDS.contains(layer.kind())) {
        nesting.add(layer, inner(tree));
      } else {
        nesting.add(layer);
      }
    }
    Map<String, String> outputs = outputs(config.get("output_layers"));
    outputs.replaceAll((name, layer) -> nesting.source(layer));
    return new KerasModel(
        nesting.layers(),
        Optional.ofNullable(config.get("build_input_shape")).map(Json::list),
        outputs,
        Json.map(json.get("compile_config")),
        isOfKeras2(json, nesting.layers()));
  }

  /** Reads a nested model; its layers determine whether they learn. */
  private static KerasModel inner(Map<String, Object> layer) {
    Map<String, Object> model = new LinkedHashMap<>(layer);
    model.keySet().removeAll(Set.of("name", "inbound_nodes"));
    if (model.get("config") instanceof Map<?, ?> config) {
      Map<String, Object> learning = Json.map(config);
      learning.remove("trainable");
      model.put("config", learning);
    }
    return readLayers(model);
  }

  /** Returns the model's own arguments; early Sequential models have only the layers. */
  private static Map<String, Object> config(@Nullable Object json) {
    Map<String, Object> config =
        json instanceof List<?> layers ? Map.of("layers", layers) : Json.map(json);
    requireKnown("a model", config, CONFIG_KEYS);
    if (Boolean.FALSE.equals(config.get("trainable"))) {
      throw UnsupportedKeras.value("a model", "trainable", false, "true; freeze layers by name");
    }
    KerasLayerForms.requireFloat32("a model", config.get("dtype"));
    return config;
  }

  private static void requireKnown(String owner, Map<String, ?> tree, Set<String> known) {
    tree.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw UnsupportedKeras.key(owner, key, value, known.stream().sorted().toList());
          }
        });
  }

  private static KerasLayer layer(Map<String, Object> json, boolean isSequential) {
    Map<String, Object> config = Json.map(json.get("config"));
    String own = Json.text(config.get("name"));
    String name = own.isEmpty() ? Json.text(json.get("name")) : own;
    String kind = Json.text(json.get("class_name"));
    String words = "layer " + name + " (" + kind + ")";
    KerasObject.read(words, "class_name", json);
    boolean isOperation = Json.text(json.get("module")).startsWith(OPERATIONS);
    if (isOperation && !kind.equals("Add") && !kind.equals("Multiply")) {
      throw UnsupportedKeras.architecture(
          "has the operation " + name + " (" + kind + "); allowed: layers, Add and Multiply");
    }
    if (!kind.equals("InputLayer") && !KINDS.contains(kind)) {
      KerasLayerForms.requireSupported(words, kind); // before its calls, which may have any form
    }
    List<String> inputs = KerasNodes.inputs(words, isOperation, json.get("inbound_nodes"));
    if (inputs.isEmpty() && !isSequential && !kind.equals("InputLayer")) {
      throw UnsupportedKeras.architecture("has " + words + ", which reads nothing");
    }
    return new KerasLayer(name, kind, config, inputs);
  }

  /**
   * Reads {@code [["dense", 0, 0], ...]}, {@code ["dense", 0, 0]} for a single output, or {@code
   * {"output": ["dense", 0, 0], ...}}.
   */
  private static Map<String, String> outputs(@Nullable Object json) {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (json instanceof Map<?, ?>) {
      Json.map(json)
          .forEach(
              (name, history) ->
                  outputs.put(name, KerasNodes.reference("an output", Json.list(history))));
      return outputs;
    }
    List<?> list = Json.list(json);
    boolean isOne = !list.isEmpty() && list.get(0) instanceof String;
    for (Object history : isOne ? List.of(list) : list) {
      String layer = KerasNodes.reference("an output", Json.list(history));
      outputs.put(layer, layer);
    }
    return outputs;
  }
}
