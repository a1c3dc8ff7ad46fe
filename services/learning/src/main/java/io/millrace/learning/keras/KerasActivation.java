package io.millrace.learning.keras;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keras' activation layers, as layers of a model or as the activation of another layer. Each
 * argument is allowed only at the value that the activation has here.
 *
 * @param name the activation
 */
record KerasActivation(String name, Map<String, @Nullable Object> arguments) {
  static final String LEAKY_RELU = "LeakyReLU";

  private static final String HARD_SIGMOID = "hard_sigmoid";
  private static final double DEFAULT_SLOPE = 0.3;
  private static final Map<String, KerasActivation> BY_LAYER =
      Map.of(
          "ReLU",
          new KerasActivation("relu", ofRelu()),
          LEAKY_RELU,
          new KerasActivation("leaky_relu", Map.of("negative_slope", 0.2, "alpha", 0.2)),
          "ELU",
          new KerasActivation("elu", Map.of("alpha", 1)),
          "Softmax",
          new KerasActivation("softmax", Map.of("axis", -1)));

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

  /** Returns the name of an activation layer's activation. */
  static String of(KerasLayer layer) {
    KerasActivation activation = BY_LAYER.get(layer.kind());
    if (activation == null) {
      throw UnsupportedKeras.architecture("has " + layer + ", which is no activation");
    }
    if (layer.kind().equals(LEAKY_RELU) && !Json.same(slope(layer), 0.2)) {
      throw UnsupportedKeras.value(
          layer, slopeKey(layer), slope(layer), "0.2, or any as a layer of its own");
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

  /** Returns the slope below zero. */
  static double slope(KerasLayer leakyRelu) {
    String key = slopeKey(leakyRelu);
    Object slope = leakyRelu.config().getOrDefault(key, DEFAULT_SLOPE);
    if (slope instanceof Number number && number.doubleValue() >= 0) {
      return ((Number) Json.withoutNoise(number)).doubleValue();
    }
    throw UnsupportedKeras.value(leakyRelu, key, slope, "a number, at least 0");
  }

  /** Returns the name of the slope in Keras 3 or Keras 2. */
  private static String slopeKey(KerasLayer leakyRelu) {
    return leakyRelu.config().containsKey("alpha") ? "alpha" : "negative_slope";
  }

  /** Requires that a Keras 2 layer has no function that is different in Keras 3. */
  static void requireSameInKeras3(KerasLayer layer) {
    if (hasHardSigmoid(layer.config())) {
      throw UnsupportedKeras.architecture(
          "has %s with %s of Keras 2, which is 0.2 x + 0.5; allowed: that of Keras 3, x / 6 + 0.5"
              .formatted(layer, HARD_SIGMOID));
    }
  }

  private static boolean hasHardSigmoid(Map<String, Object> config) {
    return config.entrySet().stream()
        .anyMatch(
            entry -> {
              Map<String, Object> inner = Json.map(entry.getValue());
              boolean isActivation = entry.getKey().endsWith("activation");
              return (isActivation && HARD_SIGMOID.equals(entry.getValue()))
                  || (isActivation && HARD_SIGMOID.equals(inner.get("config")))
                  || hasHardSigmoid(inner);
            });
  }

  /** Returns the name of another layer's activation. */
  static String of(KerasLayer layer, String key, KerasObject activation) {
    return activation.isFunction()
        ? activation.kind()
        : of(
            new KerasLayer(
                layer.name() + "." + key, activation.kind(), activation.config(), List.of()));
  }
}
