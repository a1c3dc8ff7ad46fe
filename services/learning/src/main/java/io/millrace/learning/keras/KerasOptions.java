package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a layer as Keras writes them, in the form of a network's settings.
 *
 * <p>Keras writes all options, those that were not given among them. Those that we do not have are
 * left out where they have Keras' default, and refused otherwise.
 */
final class KerasOptions {
  /** What says nothing about what the layer computes. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "name",
          "dtype",
          "autocast",
          "implementation",
          "seed",
          "synchronized",
          "ragged",
          "sparse",
          "optional",
          "batch_shape",
          "batch_input_shape",
          "input_length",
          "quantization_mode",
          "quantization_config",
          "renorm_clipping", // of renorm, which is refused
          "renorm_momentum",
          "zero_output_for_mask"); // there are no masks: mask_zero is refused

  private static final Map<String, Object> ONLY_DEFAULTS =
      Map.ofEntries(
          Map.entry("data_format", "channels_last"),
          Map.entry("groups", 1),
          Map.entry("stateful", false),
          Map.entry("return_state", false),
          Map.entry("unroll", false),
          Map.entry("mask_zero", false),
          Map.entry("rms_scaling", false),
          Map.entry("renorm", false),
          Map.entry("recurrent_dropout", 0.0),
          Map.entry("dropout", 0.0));

  private KerasOptions() {}

  static Map<String, Object> of(KerasLayer layer) {
    Map<String, Object> options = new LinkedHashMap<>();
    layer
        .config()
        .forEach(
            (key, value) -> {
              if (value != null
                  && !WITHOUT_MEANING.contains(key)
                  && !isDefault(layer, key, value)) {
                options.put(key, option(layer, key, value));
              }
            });
    return options;
  }

  private static boolean isDefault(KerasLayer layer, String key, Object value) {
    Object only = ONLY_DEFAULTS.get(key);
    if (only == null) {
      return key.equals("trainable") && Objects.equals(value, true);
    }
    if (!same(only, value)) {
      throw UnsupportedKeras.architecture(
          "has " + layer + " with " + key + ": " + value + "; allowed: " + only);
    }
    return true;
  }

  private static boolean same(Object only, Object value) {
    return (only instanceof Number a && value instanceof Number b)
        ? a.doubleValue() == b.doubleValue()
        : only.equals(value);
  }

  private static Object option(KerasLayer layer, String key, Object value) {
    if (key.equals("axis") && value instanceof List<?> axes && axes.size() == 1) {
      return axes.get(0);
    }
    if (value instanceof Map<?, ?> object) {
      return object(layer, key, Json.map(object));
    }
    return value;
  }

  /** Turns an initializer, a regularizer, a constraint, an activation or an inner layer around. */
  private static Object object(KerasLayer layer, String key, Map<String, Object> object) {
    String kind = Json.text(object.get("class_name"));
    Map<String, Object> config = Json.map(object.get("config"));
    if (kind.isEmpty()) {
      throw UnsupportedKeras.architecture("has " + layer + " with " + key + ": " + object);
    }
    if (key.equals("layer")) {
      return KerasLayers.tree(new KerasLayer(layer.name(), kind, config, List.of()));
    }
    if (kind.equals("function")) { // such as an activation that was given as a function
      return Json.text(object.get("config"));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("type", kind.equals("L1L2") ? "l1_l2" : KerasLayer.smallLetters(kind));
    config.forEach((name, value) -> putGiven(result, name, value));
    return result;
  }

  private static void putGiven(Map<String, Object> result, String name, @Nullable Object value) {
    if (value != null && !name.equals("seed")) {
      result.put(name, value);
    }
  }
}
