package io.millrace.learning.champion;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** A learner of three classes, and records whose labels are right or wrong, for tests of gates. */
final class FedLearner {
  static final IntUnaryOperator TRUE = label -> label;
  static final IntUnaryOperator FALSE = label -> (label + 1) % 3;

  private final Learner learner;
  private final GateSettings settings;
  private int record;

  /**
   * @param holdout the share of held-out records
   */
  FedLearner(double holdout) {
    Section root = Section.root(document(holdout));
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    learner = new Learner(definition, LearnerSettings.read(root, definition));
    settings =
        GateSettings.read(
            Section.root(Map.of("min_records", 30, "rollback", Map.of("window", 200))));
  }

  Learner learner() {
    return learner;
  }

  Gate newGate() {
    return learner.newGate(settings);
  }

  /** Trains and holds out at least so many records, up to a full batch. */
  void feed(int records, IntUnaryOperator trained, IntUnaryOperator heldOut) {
    int end = record + records;
    for (; record < end || learner.pending() > 0; record++) {
      boolean holdsOut = learner.holdsOut(RandomStream.of(7, 0).bits(1_000_000L + record));
      next(holdsOut ? heldOut : trained);
      if (holdsOut) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }

  /** Holds out exactly so many records. */
  void holdOut(int records, IntUnaryOperator labels) {
    for (int end = record + records; record < end; record++) {
      next(labels);
      learner.validate();
    }
  }

  private void next(IntUnaryOperator labels) {
    RandomStream random = RandomStream.of(7, 0);
    ExampleBatch batch = learner.batch();
    int label = record % 3;
    for (int i = 0; i < 4; i++) {
      float noise = 3 * (float) random.uniform(record * 4L + i);
      batch.input(0)[batch.size() * 4 + i] = 5 + (i == label ? 2 : 0) + noise;
    }
    batch.target(0)[batch.size()] = labels.applyAsInt(label);
  }

  private static Map<String, Object> document(double holdout) {
    return Map.of(
        "inputs", Map.of("features", Map.of("fields", List.of("a", "b", "c", "d"))),
        "outputs", Map.of("class", Map.of("classes", List.of("x", "y", "z"))),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of("type", "dense", "units", 12, "activation", "relu"),
                    Map.of("type", "dense", "units", 3, "activation", "softmax"))),
        "training",
            Map.of("batch_size", 8, "optimizer", Map.of("type", "adam", "learning_rate", 0.005)),
        "validation", Map.of("window", 300, "evaluate_every", 160, "holdout", holdout));
  }
}
