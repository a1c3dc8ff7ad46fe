package io.millrace.learning;

import io.millrace.learning.LearningEvent.BaselineCompared;
import io.millrace.learning.evaluation.BaselineComparison;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells when the model's predictions of an output are no better than a constant answer, and when
 * they are again. Owned by one thread.
 */
final class BaselineWatch {
  private final Consumer<LearningEvent> events;
  private final long[] better; // by output: 1 or 0

  BaselineWatch(int outputs, Consumer<LearningEvent> events) {
    this.events = events;
    better = new long[outputs];
    Arrays.fill(better, 1);
  }

  /** Takes the comparisons of an evaluation, by output. */
  void evaluated(List<BaselineComparison> comparisons, long records) {
    for (int output = 0; output < better.length; output++) {
      BaselineComparison now = comparisons.get(output);
      boolean isBetter = now.isBetter(better[output] == 1);
      if (isBetter != (better[output] == 1)) {
        better[output] = isBetter ? 1 : 0;
        events.accept(new BaselineCompared(records, now.score(), now.baseline(), isBetter));
      }
    }
  }

  void save(State state) {
    state.put("better", better);
  }

  void restore(State state) {
    if (state.has("better")) { // older checkpoints have none
      state.read("better", better);
    }
  }
}
