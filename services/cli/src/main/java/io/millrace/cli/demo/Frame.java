package io.millrace.cli.demo;

import io.millrace.learning.Progress;

/**
 * Everything that the demo shows at one moment.
 *
 * @param seconds since the first record
 * @param produced records acknowledged by the broker
 * @param total records that will be produced
 * @param recordsPerSecond consumed since the frame before
 * @param progress how training stands
 * @param checkpoint the newest published checkpoint; 0 before the first
 * @param served what the predictor answered last
 */
record Frame(
    double seconds,
    long produced,
    long total,
    double recordsPerSecond,
    Progress progress,
    long checkpoint,
    Served served) {

  long consumed() {
    return progress.counts().records();
  }

  /** Returns how many records wait in the topic. */
  long lag() {
    return Math.max(0, produced - consumed());
  }

  double loss() {
    return progress.prequential().getOrDefault("loss", Double.NaN);
  }

  /** Returns the share of records that were right before they were trained on; it fades. */
  double accuracy() {
    return progress.prequential().getOrDefault("accuracy", Double.NaN);
  }

  double windowAccuracy() {
    return progress.validation().getOrDefault("val_accuracy", Double.NaN);
  }

  /**
   * What the predictor answered about held-out records.
   *
   * @param version the model's version; empty before the first
   * @param accuracy the share of right answers
   * @param example one of the answers in words
   */
  record Served(String version, double accuracy, String example) {
    static final Served NOTHING = new Served("", Double.NaN, "");
  }
}
