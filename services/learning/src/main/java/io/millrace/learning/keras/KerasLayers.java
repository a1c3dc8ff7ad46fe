package io.millrace.learning.keras;

import io.millrace.learning.layers.LayerTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keras' layers as sections of a network's settings. */
final class KerasLayers {
  private KerasLayers() {}

  /** Returns a layer's type and options. */
  static Map<String, Object> tree(KerasLayer layer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (layer.kind()) {
      case "ReLU" ->
          putActivation(tree, layer, "relu", Map.of("negative_slope", 0, "threshold", 0));
      case "LeakyReLU" -> putActivation(tree, layer, "leaky_relu", Map.of("negative_slope", 0.2));
      case "ELU" -> putActivation(tree, layer, "elu", Map.of("alpha", 1));
      case "Softmax" -> putActivation(tree, layer, "softmax", Map.of("axis", -1));
      default -> {
        tree.put("type", type(layer));
        tree.putAll(KerasOptions.of(layer));
        if (layer.kind().equals("Bidirectional")) {
          requireAlike(layer);
          tree.remove("backward_layer");
        }
      }
    }
    return tree;
  }

  /** Both directions of a layer here are alike, as they are where Keras makes the second itself. */
  private static void requireAlike(KerasLayer layer) {
    Object backward = layer.config().get("backward_layer");
    if (backward != null && !both(layer.config().get("layer")).equals(both(backward))) {
      throw UnsupportedKeras.architecture(
          "has " + layer + " with a backward_layer of its own; allowed: one like the layer's");
    }
  }

  /** Returns the options of one direction that have to be those of the other. */
  private static Map<String, Object> both(@Nullable Object direction) {
    Map<String, Object> options = new LinkedHashMap<>(Json.map(Json.map(direction).get("config")));
    options.keySet().removeAll(List.of("name", "go_backwards"));
    return options;
  }

  private static String type(KerasLayer layer) {
    String type = KerasLayer.smallLetters(layer.kind());
    if (!LayerTypes.names().contains(type)) {
      throw UnsupportedKeras.architecture(
          "has "
              + layer
              + ", which is not supported; supported types: "
              + String.join(", ", LayerTypes.names()));
    }
    return type;
  }

  /** Puts a layer that is an activation, whose options have the only values that we know. */
  private static void putActivation(
      Map<String, Object> tree, KerasLayer layer, String activation, Map<String, Number> only) {
    only.forEach(
        (key, value) -> {
          Object given = layer.config().getOrDefault(key, value);
          if (!(given instanceof Number number) || number.doubleValue() != value.doubleValue()) {
            throw UnsupportedKeras.architecture(
                "has " + layer + " with " + key + ": " + given + "; allowed: " + value);
          }
        });
    if (layer.config().get("max_value") != null) {
      throw UnsupportedKeras.architecture("has " + layer + " with a max_value; allowed: none");
    }
    tree.put("type", "activation");
    tree.put("activation", activation);
  }
}
