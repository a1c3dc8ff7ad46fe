package io.millrace.learning.evaluation;

import java.util.Map;

/**
 * The current weights judged on the validation window.
 *
 * @param scores loss and metrics by Keras' names, such as {@code val_loss}
 * @param losses the loss of every record in the window, oldest first; maybe longer
 * @param servable whether they give a finite answer to as many records as the last good ones do
 */
public record Evaluation(Map<String, Double> scores, float[] losses, boolean servable) {}
