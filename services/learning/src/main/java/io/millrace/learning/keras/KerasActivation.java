package io.millrace.learning.keras;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keras' layers that are activations, as layers of a model or as the activation of another layer.
 * Their arguments have the only values that activations have here.
 *
 * @param name the activation
 */
record KerasActivation(String name, Map<String, @Nullable Object> arguments) {
  private static final double DEFAULT_SLOPE = 0.3;
  private static final Map<String, KerasActivation> BY_LAYER =
      Map.of(
          "ReLU", new KerasActivation("relu", ofRelu()),
          "LeakyReLU",
              new KerasActivation("leaky_relu", Map.of("negative_slope", 0.2, "alpha", 0.2)),
          "ELU", new KerasActivation("elu", Map.of("alpha", 1)),
          "Softmax", new KerasActivation("softmax", Map.of("axis", -1)));

  private static Map<String, @Nullable Object> ofRelu() {
    Map<String, @Nullable Object> arguments = new HashMap<>();
    arguments.put("max_value", null);
    arguments.put("negative_slope", 0);
    arguments.put("threshold", 0);
    return arguments;
  }

  static boolean isLayer(String kind) {
    return BY_LAYER.containsKey(kind);
  }

  /** Returns the name of the activation that a layer is. */
  static String of(KerasLayer layer) {
    KerasActivation activation = BY_LAYER.get(layer.kind());
    if (activation == null) {
      throw UnsupportedKeras.architecture("has " + layer + ", which is no activation");
    }
    Set<String> named = layer.config().keySet();
    if (layer.kind().equals("LeakyReLU")
        && Collections.disjoint(named, activation.arguments.keySet())) {
      throw UnsupportedKeras.value(layer, "negative_slope", DEFAULT_SLOPE, "0.2");
    }
    activation.arguments.forEach(
        (key, only) -> {
          Object given = layer.config().getOrDefault(key, only);
          if (!Json.same(given, only)) {
            throw UnsupportedKeras.value(layer, key, given, String.valueOf(only));
          }
        });
    return activation.name;
  }

  /** Returns the name of the activation that another layer has. */
  static String of(KerasLayer layer, String key, KerasObject activation) {
    return activation.isFunction()
        ? activation.kind()
        : of(
            new KerasLayer(
                layer.name() + "." + key, activation.kind(), activation.config(), List.of()));
  }
}
