package io.millrace.joiner.joining;

import java.util.Locale;

/** Which of the two topics a record is from. */
enum Side {
  FEATURES,
  LABEL;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
