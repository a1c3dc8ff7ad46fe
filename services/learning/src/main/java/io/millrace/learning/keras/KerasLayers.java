package io.millrace.learning.keras;

import io.millrace.learning.layers.LayerTypes;
import java.util.LinkedHashMap;
import java.util.Map;

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
          tree.remove("backward_layer"); // the same as the forward one, as Keras makes it
        }
      }
    }
    return tree;
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
