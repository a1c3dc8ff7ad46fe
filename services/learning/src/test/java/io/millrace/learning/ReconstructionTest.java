package io.millrace.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Outputs whose targets are what the network sees of the record itself. */
class ReconstructionTest {
  private static final Map<String, Object> FEATURES =
      Map.of("features", Map.of("fields", List.of("a", "b", "c", "d", "e", "f")));
  private static final Map<String, Object> NOISE =
      Map.of("augmentation", Map.of("gaussian_noise", 0.3), "replay", Map.of("size", 64));

  @Test
  void targets_severalInputs_areAllThatTheNetworkSees() {
    // Given: a number that may be missing, one of three names, and a vector as it is
    Map<String, Object> inputs =
        Map.of(
            "both",
            Map.of(
                "features",
                List.of(
                    Map.of("field", "age", "missing", "mean", "missing_indicator", true),
                    Map.of("field", "name", "type", "category", "vocabulary", List.of("x", "y")))),
            "vector",
            Map.of("size", 2, "scaling", "none"));
    ModelDefinition model =
        model(document(inputs, "features", 7, List.of("both", "vector"))).inSinglePrecision();
    ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    float[][] seen = model.networkInputs(2);
    int both = model.inputs().get(0).name().equals("both") ? 0 : 1;
    rows.input(both)[0] = 30;
    rows.input(both)[model.inputWidths()[both]] = Float.NaN;
    rows.input(1 - both)[2] = 7;
    rows.resize(2);

    // When
    Preprocessing preprocessing = new Preprocessing(model);
    preprocessing.learn(rows);
    preprocessing.apply(rows, seen);

    // Then
    int first = model.inputs().get(0).width();
    int second = model.inputs().get(1).width();
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < first + second; i++) {
        float target = rows.target(0)[row * (first + second) + i];
        assertThat(target)
            .isEqualTo(i < first ? seen[0][row * first + i] : seen[1][row * second + i - first])
            .isFinite();
      }
    }
    assertThat(rows.target(0)).contains(7f, 1f);
  }

  @Test
  void training_dependentFeatures_isBetterThanTheirMean() {
    Learner learner = learner(Map.of());

    feed(learner, 0, 6000);
    learner.flush();
    learner.evaluateNow();

    Map<String, Double> scores = learner.progress().validation();
    assertThat(score(scores, "val_loss")).isBetween(0.0, 0.1); // 1 is the variance
    assertThat(score(scores, "val_constant_mean_absolute_error")).isBetween(0.5, 1.1);
    assertThat(score(scores, "val_mean_absolute_error"))
        .isLessThan(score(scores, "val_constant_mean_absolute_error") / 2);
    assertThat(learner.state().entries().get("window/target_0")).isEqualTo(new float[0]);
  }

  @Test
  void restore_withNoiseAndReplay_goesOnBitIdentically() {
    Learner first = learner(NOISE);
    feed(first, 0, 1600);
    first.flush();
    Learner second = learner(NOISE);
    second.restore(first.weights(), first.state());

    feed(first, 1600, 3200);
    feed(second, 1600, 3200);

    assertThat(second.parametersSha256()).isEqualTo(first.parametersSha256());
    assertThat(second.progress()).isEqualTo(first.progress());
  }

  @Test
  void read_whatCannotBeReconstructed_isToldAtOnce() {
    assertThatThrownBy(() -> model(document(FEATURES, "feature", 6, List.of("features"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "outputs.again.reconstructs: is feature, which is no input; allowed: features");
    assertThatThrownBy(() -> model(document(FEATURES, "features", 5, List.of("features"))))
        .hasMessageContaining("has 6 numbers, but layer again gives 5");
    Map<String, Object> labelled = document(FEATURES, "features", 6, List.of("features"));
    labelled.put("outputs", Map.of("again", Map.of("reconstructs", "features", "field", "x")));
    assertThatThrownBy(() -> model(labelled))
        .hasMessageContaining("outputs.again.field: is given beside reconstructs");
  }

  @Test
  void read_indicesOfAnEmbedding_areNoTargets() {
    Map<String, Object> document =
        document(Map.of("words", Map.of("size", 2, "scaling", "none")), "words", 2, List.of());
    document.put(
        "network",
        Map.of(
            "layers",
            List.of(
                Map.of("type", "embedding", "input_dim", 5, "output_dim", 2),
                Map.of("type", "flatten"),
                Map.of("type", "dense", "name", "again", "units", 2))));

    assertThatThrownBy(() -> model(document))
        .hasMessageContaining("outputs.again.reconstructs: has input words, which holds indices");
  }

  private static double score(Map<String, Double> scores, String name) {
    return Objects.requireNonNull(scores.get(name), name);
  }

  private static Learner learner(Map<String, Object> training) {
    Map<String, Object> document = document(FEATURES, "features", 6, List.of("features"));
    Map<String, Object> section = new HashMap<>(training);
    section.put("optimizer", Map.of("type", "adam", "learning_rate", 0.01));
    document.put("training", section);
    document.put("validation", Map.of("window", 200, "evaluate_every", 400));
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings);
  }

  private static ModelDefinition model(Map<String, Object> document) {
    Section root = Section.root(document);
    ModelDefinition model = ModelDefinition.read(root);
    root.finish();
    return model;
  }

  private static Map<String, Object> document(
      Map<String, Object> inputs, String reconstructs, int units, List<String> read) {
    Map<String, Object> document = new HashMap<>();
    document.put("inputs", inputs);
    document.put("outputs", Map.of("again", Map.of("reconstructs", reconstructs)));
    document.put(
        "network",
        Map.of(
            "layers",
            List.of(
                Map.of("type", "concatenate", "name", "all", "inputs", read),
                Map.of("type", "dense", "name", "code", "units", 3, "activation", "tanh"),
                Map.of("type", "dense", "name", "again", "units", units))));
    return document;
  }

  /** Six numbers that follow from two; no label. */
  private static void feed(Learner learner, int from, int to) {
    for (int record = from; record < to; record++) {
      RandomStream drawn = RandomStream.of(5, record);
      float u = (float) drawn.normal(0);
      float v = (float) drawn.normal(1);
      float[] values = {u, v, 100 + 20 * u, u - v, 3 * u + v, -v};
      ExampleBatch batch = learner.batch();
      System.arraycopy(values, 0, batch.input(0), batch.size() * 6, 6);
      if (learner.holdsOut(drawn.bits(2))) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }
}
