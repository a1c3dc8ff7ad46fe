package io.millrace.learning.policies;

import io.millrace.settings.Section;

/** The options that all policies share. */
final class Monitors {
  private Monitors() {}

  static String monitor(Section section) {
    return section.text("monitor", "metric that is monitored").orElse("val_loss");
  }

  static Comparison comparison(Section section) {
    return section
        .choice(
            "comparison",
            Comparison.class,
            "whether the best weights are scored again on the same records, or their recorded value counts")
        .orElse(Comparison.PAIRED);
  }

  static double minDelta(Section section, double defaultValue) {
    return section
        .decimal("min_delta", "how much better counts as an improvement")
        .atLeast(0)
        .orElse(defaultValue);
  }

  static double significance(Section section, double defaultValue) {
    return section
        .decimal("significance", "standard errors by which a paired improvement exceeds min_delta")
        .atLeast(0)
        .orElse(defaultValue);
  }
}
