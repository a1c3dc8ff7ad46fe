package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@value #MOST} answered commands by id, so that a command sent twice is executed once.
 * Owned by the training thread.
 */
final class Answered {
  private static final int MOST = 1000;

  private final Map<String, String> reasons = new LinkedHashMap<>();

  /** Returns why the command was refused, empty if it was done, or null if it is new. */
  @Nullable String reason(String id) {
    return reasons.get(id);
  }

  void add(String id, String reason) {
    reasons.put(id, reason);
    if (reasons.size() > MOST) {
      reasons.remove(reasons.keySet().iterator().next());
    }
  }

  void save(State state) {
    state.put("count", reasons.size());
    int number = 0;
    for (Map.Entry<String, String> answer : reasons.entrySet()) {
      state.put("id_" + number, answer.getKey());
      state.put("reason_" + number++, answer.getValue());
    }
  }

  void restore(State state) {
    reasons.clear();
    for (int number = 0; number < state.integer("count"); number++) {
      reasons.put(state.text("id_" + number), state.text("reason_" + number));
    }
  }
}
