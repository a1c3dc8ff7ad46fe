package io.millrace.trainer.training;

import io.millrace.learning.LearningEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes the learner's events to several listeners, in the order they were added. Owned by the
 * training thread.
 */
public final class LearningListeners implements Consumer<LearningEvent> {
  private final List<Consumer<LearningEvent>> listeners = new ArrayList<>();

  public void add(Consumer<LearningEvent> listener) {
    listeners.add(listener);
  }

  @Override
  public void accept(LearningEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
