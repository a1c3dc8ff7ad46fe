package io.millrace.cli.sample;

import io.millrace.learning.features.Precision;
import io.millrace.learning.model.ExampleBatch;

/** What the labels of one output are where they are numbers, which stand in single precision. */
final class LabelSummary {
  private final String field;
  private final int output;
  private final int width;
  private long records;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  /**
   * @param width how many numbers a label is
   */
  LabelSummary(String field, int output, int width) {
    this.field = field;
    this.output = output;
    this.width = width;
  }

  String field() {
    return field;
  }

  /** Takes the first row. */
  void add(ExampleBatch rows) {
    records++;
    for (int i = 0; i < width; i++) {
      least = Math.min(least, rows.target(output)[i]);
      most = Math.max(most, rows.target(output)[i]);
    }
  }

  boolean isIndistinct() {
    return records > 1 && Precision.isLost(least, most);
  }
}
