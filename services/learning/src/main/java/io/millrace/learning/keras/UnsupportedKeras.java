package io.millrace.learning.keras;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.List;

/** Problems of files that Keras wrote, as problems of the settings that name them. */
final class UnsupportedKeras {
  private UnsupportedKeras() {}

  static InvalidSettingsException architecture(String problem) {
    return new InvalidSettingsException(List.of(new Problem("network.architecture", problem)));
  }

  static InvalidSettingsException weights(String problem) {
    return new InvalidSettingsException(List.of(new Problem("training.initial_weights", problem)));
  }
}
