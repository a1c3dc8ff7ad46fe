package io.millrace.learning.layers;

import io.millrace.settings.Section;

/** Reads the axis of features, which is the last one here. */
final class Axes {
  private Axes() {}

  static void requireLast(Section section) {
    section
        .integer("axis", "axis of the features")
        .check("-1, the last", axis -> axis == -1)
        .orElse(-1);
  }
}
