package io.millrace.joiner.joining;

import java.util.Locale;

/** The topic that a record comes from. */
enum Side {
  FEATURES,
  LABEL;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
