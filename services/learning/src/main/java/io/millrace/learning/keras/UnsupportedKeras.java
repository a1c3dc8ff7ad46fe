package io.millrace.learning.keras;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Problems of Keras files, reported as problems of the settings that name the files. */
final class UnsupportedKeras {
  static final String ARCHITECTURE = "network.architecture";
  private static final String WEIGHTS = "training.initial_weights";

  private UnsupportedKeras() {}

  static InvalidSettingsException architecture(String problem) {
    return new InvalidSettingsException(List.of(new Problem(ARCHITECTURE, problem)));
  }

  /** Returns the problem of a value that is not supported, such as that of a layer's argument. */
  static InvalidSettingsException value(
      Object owner, String key, @Nullable Object value, String allowed) {
    return architecture(
        "has " + owner + " with " + key + ": " + Json.written(value) + "; allowed: " + allowed);
  }

  /** Returns the problem of an argument that is not supported. */
  static InvalidSettingsException key(
      Object owner, String key, @Nullable Object value, Iterable<String> known) {
    return architecture(
        "has %s with %s: %s, which is not known here; allowed: %s"
            .formatted(owner, key, Json.written(value), String.join(", ", known)));
  }

  static InvalidSettingsException weights(String problem) {
    return new InvalidSettingsException(List.of(new Problem(WEIGHTS, problem)));
  }
}
