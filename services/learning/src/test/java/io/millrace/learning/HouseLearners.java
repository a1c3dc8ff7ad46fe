package io.millrace.learning;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Small learners of the prices of houses: generated numbers of six digits, with noise. */
final class HouseLearners {
  static final int HOUSES = 4000;

  private static final int HELD_OUT = 10; // every tenth

  private HouseLearners() {}

  static Map<String, Object> scaled(String scaling) {
    return Map.of("price", Map.of("target_scaling", scaling));
  }

  static ModelDefinition definition(Map<String, Object> outputs) {
    return ModelDefinition.read(root(outputs, Map.of()));
  }

  static Learner learner(Map<String, Object> outputs, Map<String, Object> overrides) {
    return learner(outputs, overrides, event -> {});
  }

  static Learner learner(
      Map<String, Object> outputs, Map<String, Object> overrides, Consumer<LearningEvent> events) {
    Section root = root(outputs, overrides);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings, events);
  }

  /** Trains on houses, and holds out every tenth. */
  static void feed(Learner learner, int from, int to) {
    for (int house = from; house < to; house++) {
      write(house, learner.batch());
      if (isHeldOut(house)) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }

  static boolean isHeldOut(int house) {
    return house % HELD_OUT == 0;
  }

  /** Writes the next row of a batch. */
  static void write(int house, ExampleBatch batch) {
    RandomStream random = RandomStream.of(5, house % HOUSES);
    float area = (float) (30 + 120 * random.uniform(0));
    float year = 1900 + random.integer(1, 120);
    float distance = (float) (20 * random.uniform(2));
    float[] inputs = batch.input(0);
    int at = batch.size() * 3;
    inputs[at] = area;
    inputs[at + 1] = year;
    inputs[at + 2] = distance;
    double worth = area * 4000 * (1 + (year - 1900) / 240) * Math.exp(-distance / 15);
    batch.target(0)[batch.size()] = (float) Math.max(1000, worth + 20_000 * random.normal(3));
  }

  private static Section root(Map<String, Object> outputs, Map<String, Object> overrides) {
    Map<String, Object> document =
        new HashMap<>(
            Map.of(
                "inputs",
                Map.of("house", Map.of("fields", List.of("area", "year", "distance"))),
                "outputs",
                outputs,
                "network",
                Map.of(
                    "layers",
                    List.of(
                        Map.of("type", "dense", "units", 32, "activation", "relu"),
                        Map.of("type", "dense", "units", 1, "name", "price"))),
                "validation",
                Map.of("window", HOUSES / HELD_OUT, "evaluate_every", 800, "min_window", 20)));
    document.putAll(overrides);
    return Section.root(document);
  }
}
