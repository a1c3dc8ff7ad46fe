package io.millrace.tuning.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trial that has ended, as a search sees it.
 *
 * @param number from 0, in the order of proposals
 * @param values what the sampler proposed, by the name of the parameter
 * @param losses the validation loss after each epoch, lower is better; not finite where it diverged
 * @param pruned whether it was given up at a rung, before its last epoch
 */
public record FinishedTrial(
    int number, Map<String, Object> values, List<Double> losses, boolean pruned) {
  public FinishedTrial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    losses = List.copyOf(losses);
  }

  /** Returns the lowest loss of all epochs; infinite where none is finite. */
  public double score() {
    return scoreAfter(losses.size());
  }

  /** Returns the lowest loss of the first epochs; infinite where none is finite. */
  public double scoreAfter(int epochs) {
    return losses.stream()
        .limit(epochs)
        .filter(Double::isFinite)
        .mapToDouble(Double::doubleValue)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * Returns whether it was judged after so many epochs. One that stopped early by itself counts.
   */
  boolean reached(int epochs) {
    return !pruned || losses.size() >= epochs;
  }
}
