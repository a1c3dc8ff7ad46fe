package io.millrace.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Small learners with rivals, of very different settings, and each of these rivals alone. */
final class RivalLearners {
  static final int BLOCK = 16;

  private static final Map<String, Map<String, Object>> RIVALS = new LinkedHashMap<>();

  static {
    RIVALS.put("default", Map.of());
    RIVALS.put("online", Map.of("training", Map.of("batch_size", 1, "optimizer", rate(0.002))));
    RIVALS.put(
        "replay",
        Map.of(
            "training",
            Map.of("batch_size", 4, "replay", Map.of("size", 50)),
            "network",
            network(
                Map.of("type", "dense", "units", 8, "activation", "relu"),
                Map.of("type", "dropout", "rate", 0.2))));
    RIVALS.put(
        "averaged",
        Map.of(
            "training",
            Map.of(
                "batch_size", 8,
                "gradient_accumulation_steps", 3,
                "optimizer", Map.of("type", "sgd", "learning_rate", 0.05, "use_ema", true))));
    RIVALS.put("shallow", Map.of("network", network()));
  }

  private RivalLearners() {}

  static List<String> names() {
    return List.copyOf(RIVALS.keySet());
  }

  static Learner learner(Map<String, Object> rivals) {
    return learner(rivals, Map.of(), event -> {});
  }

  /**
   * Returns a learner with these rivals.
   *
   * @param rivals options of the section besides the learners
   * @param overrides sections that replace those of the test learner
   */
  static Learner learner(
      Map<String, Object> rivals, Map<String, Object> overrides, Consumer<LearningEvent> events) {
    List<Object> learners = new ArrayList<>();
    RIVALS.forEach(
        (name, settings) -> {
          Map<String, Object> learner = new HashMap<>(settings);
          learner.put("name", name);
          learners.add(learner);
        });
    Map<String, Object> section = new HashMap<>(Map.of("learners", learners));
    section.putAll(rivals);
    Map<String, Object> document = new HashMap<>(overrides);
    document.put("rivals", section);
    return TestLearners.learner(document, events);
  }

  /** Returns a learner alone, whose settings are those of a rival. */
  static Learner alone(String name) {
    Map<String, Object> document = new HashMap<>(RIVALS.get(name));
    Map<String, Object> training =
        new HashMap<>(Map.of("batch_size", BLOCK, "optimizer", rate(0.01)));
    if (document.get("training") instanceof Map<?, ?> changed) {
      changed.forEach((key, value) -> training.put(String.valueOf(key), value));
    }
    document.put("training", training);
    return TestLearners.learner(document);
  }

  static Map<String, Object> threads(int threads) {
    return Map.of(
        "training", Map.of("batch_size", BLOCK, "optimizer", rate(0.01), "threads", threads));
  }

  private static Map<String, Object> rate(double rate) {
    return Map.of("type", "adam", "learning_rate", rate);
  }

  @SafeVarargs
  private static Map<String, Object> network(Map<String, Object>... hidden) {
    List<Object> layers = new ArrayList<>(List.of(hidden));
    layers.add(Map.of("type", "dense", "units", 3, "activation", "softmax"));
    return Map.of("layers", layers);
  }
}
