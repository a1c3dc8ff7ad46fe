package io.millrace.trainer.events;

import io.millrace.proto.events.v1.TrainingEvent;

/** Hears of a model's events. Called on the training thread. */
@FunctionalInterface
public interface EventListener {
  /**
   * An event has happened. No checkpoint covers it yet, so it happens again with the same number if
   * training goes back to a checkpoint.
   */
  default void happened(TrainingEvent.Builder event) {}

  /** An event has become visible on its topic. */
  void published(TrainingEvent event);
}
