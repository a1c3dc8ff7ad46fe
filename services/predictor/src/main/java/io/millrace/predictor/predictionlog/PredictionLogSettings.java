package io.millrace.predictor.predictionlog;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * Where predictions are logged, and how many.
 *
 * @param topic the topic of the log
 * @param sample the share of requests that are logged, chosen by their ids
 * @param queueRows how many rows may wait before further ones are dropped
 */
public record PredictionLogSettings(String topic, double sample, int queueRows) {

  /** Reads the section {@code prediction_log}; empty without a topic. */
  public static Optional<PredictionLogSettings> read(Section log) {
    Optional<String> topic =
        log.text("topic", "Topic that predictions are written to.")
            .check("a topic's name", name -> name.matches("[A-Za-z0-9._-]{1,249}"))
            .optional();
    double sample =
        log.decimal("sample", "Share of the requests that are logged, chosen by their ids.")
            .above(0)
            .atMost(1)
            .orElse(1.0);
    int queueRows =
        log.integer("queue_rows", "Rows that may wait to be written; further rows are dropped.")
            .atLeast(1)
            .orElse(10_000);
    return topic.map(name -> new PredictionLogSettings(name, sample, queueRows));
  }
}
