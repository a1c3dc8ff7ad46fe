package io.millrace.learning.metrics;

import java.util.Comparator;

/** A row with its score and whether it is positive. */
record RankedRow(float score, boolean positive, float weight) {
  static final Comparator<RankedRow> HIGHEST_FIRST =
      Comparator.comparingDouble(RankedRow::score).reversed();

  double positiveWeight() {
    return positive ? weight : 0;
  }

  double negativeWeight() {
    return positive ? 0 : weight;
  }
}
