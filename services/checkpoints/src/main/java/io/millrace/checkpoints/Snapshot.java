package io.millrace.checkpoints;

import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * A learner's state between two steps. Writing it makes it a {@link Checkpoint}.
 *
 * @param definition the model's definition as JSON
 * @param weights all that serving needs
 * @param state what resuming needs in addition; null for a checkpoint that is only served
 * @param summary the position of the stream and the quality of the model
 */
public record Snapshot(String definition, State weights, @Nullable State state, Summary summary) {

  /**
   * Returns the same snapshot, with the span that writes it.
   *
   * @param span as W3C's header traceparent
   */
  public Snapshot tracedBy(String span) {
    return new Snapshot(definition, weights, state, summary.tracedBy(span));
  }
}
