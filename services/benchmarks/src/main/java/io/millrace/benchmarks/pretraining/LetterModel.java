package io.millrace.benchmarks.pretraining;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An autoencoder of letters, or a classifier, whose first layers have the same names and shapes.
 */
record LetterModel(ModelDefinition definition, Learner learner) {
  private static final List<String> SHARED = List.of("first", "second");

  /** Returns an autoencoder of 16-128-64-128-16. */
  static LetterModel autoencoder(long seed, double swapNoise) {
    List<Map<String, Object>> layers = hidden();
    layers.add(dense("back", 128, "relu"));
    layers.add(dense("again", Letters.FEATURES, "linear"));
    Map<String, Object> training = training(seed);
    training.put("augmentation", Map.of("swap_noise", swapNoise));
    return model(
        Map.of("again", Map.of("reconstructs", "features")), layers, training, Optional.empty());
  }

  /** Returns a classifier of 16-128-64-26, with layers of an autoencoder or with random ones. */
  static LetterModel classifier(long seed, Optional<LetterModel> pretrained) {
    List<Map<String, Object>> layers = hidden();
    layers.add(dense("letter", Letters.CLASSES, "softmax"));
    Map<String, Object> training = training(seed);
    pretrained.ifPresent(
        unused ->
            training.put("initial_weights", Map.of("model", "autoencoder", "layers", SHARED)));
    List<String> classes = IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();
    return model(Map.of("letter", Map.of("classes", classes)), layers, training, pretrained);
  }

  /** Returns predictions by what was learned so far. */
  Inference inference(int rows) {
    Inference inference = new Inference(definition, rows);
    inference.load(version());
    return inference;
  }

  private Model version() {
    return new Model(definition, learner.weights());
  }

  private static LetterModel model(
      Map<String, Object> outputs,
      List<Map<String, Object>> layers,
      Map<String, Object> training,
      Optional<LetterModel> pretrained) {
    List<String> fields = IntStream.range(0, Letters.FEATURES).mapToObj(i -> "f" + i).toList();
    Section root =
        Section.root(
            Map.of(
                "inputs",
                Map.of("features", Map.of("fields", fields)),
                "outputs",
                outputs,
                "network",
                Map.of("layers", layers),
                "training",
                training));
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings named = LearnerSettings.read(root, definition);
    root.finish();
    LearnerSettings settings =
        pretrained
            .map(other -> named.training().initialWeights().orElseThrow().from(other.version()))
            .map(named::with)
            .orElse(named);
    return new LetterModel(definition, new Learner(definition, settings));
  }

  private static Map<String, Object> training(long seed) {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("seed", seed);
    training.put("batch_size", 16);
    training.put("optimizer", Map.of("type", "adam", "learning_rate", 1e-3));
    return training;
  }

  private static List<Map<String, Object>> hidden() {
    return new ArrayList<>(
        List.of(dense(SHARED.get(0), 128, "relu"), dense(SHARED.get(1), 64, "relu")));
  }

  private static Map<String, Object> dense(String name, int units, String activation) {
    return Map.of("type", "dense", "name", name, "units", units, "activation", activation);
  }
}
