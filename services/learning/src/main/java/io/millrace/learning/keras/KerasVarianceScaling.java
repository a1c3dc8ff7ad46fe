package io.millrace.learning.keras;

import java.util.Map;
import java.util.Set;

/**
 * Keras' general initializer {@code VarianceScaling} as one of its named kinds. Early Keras 2
 * writes {@code glorot_uniform} and others in this form.
 */
final class KerasVarianceScaling {
  private static final Map<String, String> NAMES =
      Map.of(
          "1.0 fan_avg uniform", "glorot_uniform",
          "1.0 fan_avg truncated_normal", "glorot_normal",
          "1.0 fan_in uniform", "lecun_uniform",
          "1.0 fan_in truncated_normal", "lecun_normal",
          "2.0 fan_in uniform", "he_uniform",
          "2.0 fan_in truncated_normal", "he_normal");

  private KerasVarianceScaling() {}

  static String initializer(String key, KerasObject object) {
    Map<String, Object> arguments =
        object.arguments(Set.of("seed", "scale", "mode", "distribution"));
    Object scale = object.config().getOrDefault("scale", 1.0);
    Object mode = object.config().getOrDefault("mode", "fan_in");
    Object distribution = object.config().getOrDefault("distribution", "truncated_normal");
    String words =
        (scale instanceof Number number ? number.doubleValue() : scale)
            + " "
            + mode
            + " "
            + distribution;
    String name = NAMES.get(words);
    if (name == null || !arguments.isEmpty()) {
      throw UnsupportedKeras.architecture(
          "has %s with %s: VarianceScaling(%s); allowed: %s"
              .formatted(
                  object.owner(),
                  key,
                  words,
                  String.join(", ", NAMES.keySet().stream().sorted().toList())));
    }
    return name;
  }
}
