package io.millrace.learning.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code model.to_json()} of Keras 3 writes of a Sequential or Functional model.
 *
 * @param layers in Keras' order, in which each reads only what is before it
 * @param outputs the names of the layers that are outputs; empty: the last one
 */
record KerasModel(List<KerasLayer> layers, List<String> outputs) {

  static KerasModel read(Map<String, ?> json) {
    String kind = Json.text(json.get("class_name"));
    if (!kind.equals("Sequential") && !kind.equals("Functional") && !kind.equals("Model")) {
      throw UnsupportedKeras.architecture(
          "is a "
              + (kind.isEmpty() ? "file without a class_name" : kind)
              + "; allowed: a Sequential or Functional model as model.to_json() writes it");
    }
    Map<String, Object> config = Json.map(json.get("config"));
    List<KerasLayer> layers = new ArrayList<>();
    for (Object layer : Json.list(config.get("layers"))) {
      layers.add(layer(Json.map(layer)));
    }
    return new KerasModel(layers, references(config.get("output_layers")));
  }

  private static KerasLayer layer(Map<String, Object> json) {
    Map<String, Object> config = Json.map(json.get("config"));
    String own = Json.text(config.get("name"));
    String name = own.isEmpty() ? Json.text(json.get("name")) : own;
    String kind = Json.text(json.get("class_name"));
    List<String> inputs = new ArrayList<>();
    List<?> nodes = Json.list(json.get("inbound_nodes"));
    if (nodes.size() > 1) {
      throw UnsupportedKeras.architecture(
          "uses layer "
              + name
              + " ("
              + kind
              + ") more than once; give each use a layer of its own");
    }
    for (Object node : nodes) {
      addTensors(Json.map(node).get("args"), inputs);
    }
    return new KerasLayer(name, kind, config, inputs);
  }

  /** Finds the tensors in the arguments of a call, which may be nested in lists. */
  private static void addTensors(@Nullable Object argument, List<String> names) {
    for (Object nested : Json.list(argument)) {
      addTensors(nested, names);
    }
    Map<String, Object> tensor = Json.map(argument);
    if (Json.text(tensor.get("class_name")).equals("__keras_tensor__")) {
      List<?> history = Json.list(Json.map(tensor.get("config")).get("keras_history"));
      names.add(history.isEmpty() ? "" : Json.text(history.get(0)));
    }
  }

  /** Reads {@code [["dense", 0, 0], ...]}, or {@code ["dense", 0, 0]} where there is only one. */
  private static List<String> references(@Nullable Object json) {
    List<?> list = Json.list(json);
    if (!list.isEmpty() && list.get(0) instanceof String only) {
      return List.of(only);
    }
    return list.stream().map(each -> Json.text(Json.list(each).get(0))).toList();
  }
}
