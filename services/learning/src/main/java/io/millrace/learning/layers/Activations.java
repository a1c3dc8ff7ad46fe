package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.settings.Section;

/** Reads activations by name. */
final class Activations {
  private Activations() {}

  static Activation read(Section section, String key, Activation fallback) {
    return section
        .choice(key, Activation.class, "activation function of the output")
        .orElse(fallback);
  }
}
