package io.millrace.learning.keras;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Documents whose network is a Keras model. */
final class KerasDocuments {
  private KerasDocuments() {}

  /** Reads a document that names the model as {@code model.json}. */
  static ModelDefinition read(Map<String, Object> document, Map<String, Object> model) {
    Section root = Section.root(document, new KerasFileOf(model));
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    return definition;
  }

  /** Reads a model into a document with matching inputs and outputs. */
  static ModelDefinition read(Map<String, Object> model) {
    return read(document(model), model);
  }

  static Map<String, Object> document(Map<String, Object> model) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    layers(model)
        .filter(layer -> "InputLayer".equals(layer.get("class_name")))
        .map(layer -> Json.map(layer.get("config")))
        .forEach(
            config ->
                inputs.put(
                    Json.text(config.get("name")),
                    Map.of("size", size(config), "scaling", "none")));
    Map<String, Object> outputs = new LinkedHashMap<>();
    Object references = Json.map(model.get("config")).get("output_layers");
    List<?> list =
        references instanceof Map<?, ?> map ? List.copyOf(map.values()) : Json.list(references);
    boolean isOne = list.isEmpty() || list.get(0) instanceof String;
    for (Object output : isOne ? List.of(List.of("result")) : list) {
      outputs.put(Json.text(Json.list(output).get(0)), Map.of());
    }
    return Map.of(
        "inputs", inputs, "outputs", outputs, "network", Map.of("architecture", "model.json"));
  }

  private static int size(Map<String, Object> input) {
    List<?> shape = Json.list(input.getOrDefault("batch_shape", input.get("batch_input_shape")));
    return shape.stream()
        .skip(1)
        .mapToInt(each -> each instanceof Number size ? size.intValue() : 1)
        .reduce(1, (a, b) -> a * b);
  }

  static Stream<Map<String, Object>> layers(Map<String, Object> model) {
    return Json.list(Json.map(model.get("config")).get("layers")).stream().map(Json::map);
  }

  static List<String> names(ModelDefinition definition) {
    return definition.network().layers().stream().map(LayerDefinition::name).toList();
  }

  /** Returns a Sequential model of Keras 3 with one layer over four features. */
  static Map<String, Object> sequential(String kind, Map<String, Object> config) {
    Map<String, Object> named = new LinkedHashMap<>(config);
    named.put("name", "it");
    return model("Sequential", List.of(input("features", 4), layer(kind, named)), Map.of());
  }

  /** Returns an input as Keras 2 writes it. */
  static Map<String, Object> keras2Input(String name, Object... shape) {
    Map<String, Object> input = new LinkedHashMap<>(input(name, shape));
    Map<String, Object> config = Json.map(input.get("config"));
    config.put("batch_input_shape", config.remove("batch_shape"));
    config.put("dtype", "float32");
    config.put("sparse", false);
    config.put("ragged", false);
    input.put("config", config);
    return input;
  }

  static Map<String, Object> input(String name, Object... shape) {
    List<Object> batchShape = new ArrayList<>();
    batchShape.add(null);
    batchShape.addAll(List.of(shape));
    return new LinkedHashMap<>(
        Map.of(
            "class_name",
            "InputLayer",
            "name",
            name,
            "config",
            Map.of("name", name, "batch_shape", batchShape),
            "inbound_nodes",
            List.of()));
  }

  static Map<String, Object> layer(String kind, Map<String, Object> config) {
    return new LinkedHashMap<>(
        Map.of("module", "keras.layers", "class_name", kind, "config", config));
  }

  static Map<String, Object> dense(String name, int units, Object inboundNodes) {
    Map<String, Object> layer = layer("Dense", Map.of("name", name, "units", units));
    layer.put("inbound_nodes", inboundNodes);
    return layer;
  }

  static Map<String, Object> model(
      String kind, List<Map<String, Object>> layers, Map<String, Object> more) {
    Map<String, Object> config = new LinkedHashMap<>(more);
    config.put("layers", layers);
    return new LinkedHashMap<>(Map.of("class_name", kind, "config", config));
  }

  /** Returns a tensor in a call of Keras 3. */
  static Map<String, Object> tensor(String layer, int use, int output) {
    return Map.of(
        "class_name",
        "__keras_tensor__",
        "config",
        Map.of("keras_history", List.of(layer, use, output)));
  }

  /** Returns a call of Keras 3. */
  static Map<String, Object> call(List<?> arguments, Map<String, Object> more) {
    return Map.of("args", arguments, "kwargs", more);
  }
}
