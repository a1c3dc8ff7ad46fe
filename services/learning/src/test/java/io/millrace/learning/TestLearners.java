package io.millrace.learning;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Small learners of three classes, and a stream of records for them. */
final class TestLearners {
  static final int RECORDS = 6000;

  private TestLearners() {}

  static Learner learner(Map<String, Object> overrides) {
    return learner(overrides, event -> {});
  }

  static Learner learner(Map<String, Object> overrides, Consumer<LearningEvent> events) {
    Map<String, Object> document =
        new HashMap<>(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", List.of("a", "b", "c", "d"))),
                "outputs", Map.of("class", Map.of("classes", List.of("x", "y", "z"))),
                "network",
                    Map.of(
                        "layers",
                        List.of(
                            Map.of("type", "dense", "units", 12, "activation", "relu"),
                            Map.of("type", "dense", "units", 3, "activation", "softmax"))),
                "training",
                    Map.of(
                        "batch_size",
                        16,
                        "optimizer",
                        Map.of("type", "adam", "learning_rate", 0.01)),
                "validation", Map.of("window", 300, "evaluate_every", 160)));
    document.putAll(overrides);
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings, events);
  }

  static void feed(Learner learner, int from, int to) {
    feed(learner, from, to, label -> label);
  }

  static void feed(Learner learner, int from, int to, IntUnaryOperator labels) {
    RandomStream random = RandomStream.of(7, 0);
    for (int record = from; record < to; record++) {
      ExampleBatch batch = learner.batch();
      int label = record % 3;
      for (int i = 0; i < 4; i++) {
        float noise = (float) random.uniform(record * 4L + i) - 0.5f;
        batch.input(0)[batch.size() * 4 + i] = 5 + (i == label ? 2 : 0) + noise;
      }
      batch.target(0)[batch.size()] = labels.applyAsInt(label);
      learner.context().setTimeMillis(record * 1000L);
      for (int slice = 0; slice < learner.context().slices(); slice++) {
        learner.context().setSlice(slice, record % 2 == 0 ? "even" : "odd");
      }
      if (learner.holdsOut(random.bits(1_000_000L + record))) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }
}
