package io.millrace.learning;

import java.util.Map;

/**
 * How training stands: what a terminal, a gauge or a checkpoint's summary shows.
 *
 * @param counts records by what became of them
 * @param phase the phase of the round
 * @param learningRate the rate that the next step uses
 * @param windowSize held-out records in the validation window
 * @param round the number of the round, from 1
 * @param drifts how often the errors have risen for good
 * @param divergences how often a loss that was not finite sent training back to good weights
 * @param prequential loss and metrics of records scored before they were trained on, fading
 * @param validation loss and metrics of the newest evaluation, by Keras' names, such as {@code
 *     val_loss}; empty before the first
 */
public record Progress(
    Counts counts,
    Phase phase,
    double learningRate,
    int windowSize,
    long round,
    long drifts,
    long divergences,
    Map<String, Double> prequential,
    Map<String, Double> validation) {

  public Progress {
    prequential = Map.copyOf(prequential);
    validation = Map.copyOf(validation);
  }
}
