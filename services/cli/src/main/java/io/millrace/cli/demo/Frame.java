package io.millrace.cli.demo;

import io.millrace.trainer.training.TrainerProgress;

/**
 * Everything that the demo shows at one moment.
 *
 * @param seconds since the first record
 * @param produced records acknowledged by the broker
 * @param total records that will be produced
 * @param progress the state of the trainer
 * @param served the predictor's last answer
 */
record Frame(double seconds, long produced, long total, TrainerProgress progress, Served served) {

  long consumed() {
    return progress.learning().counts().records();
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
