package io.millrace.cli.demo;

import io.millrace.learning.Progress;

/**
 * Everything that the demo shows at one moment.
 *
 * @param seconds since the first record
 * @param produced records acknowledged by the broker
 * @param total records that will be produced
 * @param recordsPerSecond consumed since the previous frame
 * @param progress the state of training
 * @param checkpoint the newest published checkpoint; 0 before the first
 * @param served the predictor's last answer
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

  /**
   * Returns the prequential accuracy: the share of records predicted correctly before they were
   * trained, with exponential fading.
   */
  double accuracy() {
    return progress.prequential().getOrDefault("accuracy", Double.NaN);
  }

  double windowAccuracy() {
    return progress.validation().getOrDefault("val_accuracy", Double.NaN);
  }

  /**
   * The predictor's answers for held-out rows.
   *
   * @param version the model's version; empty before the first
   * @param accuracy the share of correct answers
   * @param example one of the answers in words
   */
  record Served(String version, double accuracy, String example) {
    static final Served NOTHING = new Served("", Double.NaN, "");
  }
}
