package io.millrace.tuning.search;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Spaces and searches over functions, for tests. */
final class Spaces {
  private Spaces() {}

  static SearchSpace of(Map<String, ?> space) {
    Section section = Section.root(Map.of("space", space));
    SearchSpace result = SearchSpace.read(section);
    section.finish();
    return result;
  }

  /** The textbook's: layers, one width, and the learning rate. */
  static Map<String, Object> textbook() {
    return inOrder(
        "hidden_layers", Map.of("int", List.of(0, 3)),
        "units", Map.of("int", List.of(1, 100)),
        "training.optimizer.learning_rate", Map.of("log_float", List.of(3e-4, 3e-2)));
  }

  /** Returns a map of names and values, in their order. */
  static Map<String, Object> inOrder(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Searches the minimum of a function, four trials a generation. */
  static List<FinishedTrial> search(
      Sampler sampler, int trials, ToDoubleFunction<Map<String, Object>> function) {
    List<FinishedTrial> finished = new ArrayList<>();
    while (finished.size() < trials) {
      List<FinishedTrial> earlier = List.copyOf(finished);
      for (int i = 0; i < 4 && finished.size() < trials; i++) {
        Map<String, Object> values = sampler.ask(finished.size(), earlier);
        double loss = function.applyAsDouble(values);
        finished.add(new FinishedTrial(finished.size(), values, List.of(loss), false));
      }
    }
    return finished;
  }

  static double best(List<FinishedTrial> trials) {
    return trials.stream().mapToDouble(FinishedTrial::score).min().orElseThrow();
  }

  static double number(Map<String, Object> values, String name) {
    return values.get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}
