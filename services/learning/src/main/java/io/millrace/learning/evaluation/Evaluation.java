package io.millrace.learning.evaluation;

import java.util.Map;

/**
 * The scores of the current weights on the validation window.
 *
 * @param scores loss and metrics by Keras' names, such as {@code val_loss}
 * @param losses the loss of every record in the window, oldest first; may be longer
 * @param servable whether their predictions are finite for at least as many records as those of the
 *     last good weights
 */
public record Evaluation(Map<String, Double> scores, float[] losses, boolean servable) {}
