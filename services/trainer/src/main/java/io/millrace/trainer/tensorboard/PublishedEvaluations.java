package io.millrace.trainer.tensorboard;

import io.millrace.proto.events.v1.TrainingEvent;
import java.io.IOException;

/** The evaluations that stand on a model's events topic. */
@FunctionalInterface
interface PublishedEvaluations {

  /** Takes one evaluation after the other. */
  @FunctionalInterface
  interface Target {
    void add(TrainingEvent evaluation) throws IOException;
  }

  /**
   * Passes on the evaluations from a moment on, in order.
   *
   * @param timeMillis in milliseconds since 1970
   * @param beforeNumber the number of the first event that is not wanted any more
   */
  void since(long timeMillis, long beforeNumber, Target target) throws IOException;
}
