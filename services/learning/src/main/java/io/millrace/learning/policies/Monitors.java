package io.millrace.learning.policies;

import io.millrace.settings.Section;

/** The options that all policies share. */
final class Monitors {
  private Monitors() {}

  static String monitor(Section section) {
    return section.text("monitor", "number that is watched").orElse("val_loss");
  }

  static Comparison comparison(Section section) {
    return section
        .choice(
            "comparison",
            Comparison.class,
            "with the best weights on the same records, or with their number then")
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
