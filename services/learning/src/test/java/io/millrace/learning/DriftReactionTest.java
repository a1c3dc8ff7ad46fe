package io.millrace.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reactions of a converged learner when the labels change. */
class DriftReactionTest {
  private static final int MOST_RECORDS = 20_000;

  private final RandomStream random = RandomStream.of(11, 0);
  private int record;

  @ParameterizedTest
  @CsvSource({
    "alert, 1, CONVERGED, false, 0.01",
    "boost_learning_rate, 2, WARMING, false, 0.03",
    "new_round, 2, WARMING, false, 0.01",
    "rewind, 2, WARMING, true, 0.03"
  })
  void train_driftAfterConvergence_isReactedToAsTheSettingsSay(
      String action, long round, Phase phase, boolean trainsAgain, double rate) {
    // Given
    Learner learner = learner(action);
    while (learner.progress().phase() != Phase.CONVERGED && record < MOST_RECORDS) {
      feed(learner, 0);
    }
    long steps = learner.progress().counts().steps();

    // When
    while (learner.progress().drifts() == 0 && record < MOST_RECORDS) {
      feed(learner, 1);
    }

    // Then
    Progress progress = learner.progress();
    assertThat(progress.drifts()).isEqualTo(1);
    assertThat(progress.round()).isEqualTo(round);
    assertThat(progress.phase()).isEqualTo(phase);
    assertThat(progress.counts().steps() > steps).isEqualTo(trainsAgain);
    assertThat(progress.learningRate()).isEqualTo(rate);
  }

  private void feed(Learner learner, int shift) {
    ExampleBatch batch = learner.batch();
    int label = record % 2;
    batch.input(0)[batch.size()] = label + (float) random.uniform(record);
    batch.target(0)[batch.size()] = (label + shift) % 2;
    if (learner.holdsOut(random.bits(MOST_RECORDS + record++))) {
      learner.validate();
    } else {
      learner.train();
    }
  }

  private static Learner learner(String action) {
    Map<String, Object> document =
        new HashMap<>(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", List.of("a"))),
                "outputs", Map.of("class", Map.of("classes", List.of("x", "y"))),
                "network",
                    Map.of(
                        "layers",
                        List.of(Map.of("type", "dense", "units", 2, "activation", "softmax"))),
                "training", Map.of("optimizer", Map.of("type", "adam", "learning_rate", 0.01)),
                "validation", Map.of("window", 100, "min_window", 50, "evaluate_every", 160),
                "callbacks", Map.of("early_stopping", Map.of("patience", 2, "min_delta", 5)),
                "drift", Map.of("action", action)));
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings);
  }
}
