package io.millrace.learning;

import static io.millrace.learning.TestLearners.RECORDS;
import static io.millrace.learning.TestLearners.feed;
import static io.millrace.learning.TestLearners.learner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnerTest {

  @Test
  void train_separableClasses_learnsAndJudges() {
    // Given
    Learner learner = learner(Map.of());

    // When
    feed(learner, 0, RECORDS);

    // Then
    Progress progress = learner.progress();
    assertThat(progress.phase()).isEqualTo(Phase.TRAINING);
    assertThat(progress.counts().records() + learner.pending()).isEqualTo(RECORDS);
    assertThat(progress.counts().validated()).isBetween(500L, 700L);
    assertThat(progress.validation().get("val_accuracy")).isGreaterThan(0.95);
    assertThat(progress.prequential().get("accuracy")).isGreaterThan(0.9);
  }

  @Test
  void evaluate_noImprovement_stopsAndRestoresBestWeights() {
    // Given: an improvement that no evaluation after the first can reach
    Map<String, Object> stopping = Map.of("patience", 2, "min_delta", 5);
    Learner learner = learner(Map.of("callbacks", Map.of("early_stopping", stopping)));

    // When
    feed(learner, 0, RECORDS);

    // Then
    Progress progress = learner.progress();
    assertThat(progress.phase()).isEqualTo(Phase.CONVERGED);
    assertThat(progress.counts().scored()).isPositive();
    assertThat(progress.counts().records() + learner.pending()).isEqualTo(RECORDS);
  }

  @Test
  void train_lossNotFinite_goesBackAndSlowsDown() {
    // Given
    Map<String, Object> unscaled = Map.of("fields", List.of("a", "b", "c", "d"), "scaling", "none");
    Learner learner = learner(Map.of("inputs", Map.of("features", unscaled)));
    feed(learner, 0, 3000);
    double before = learner.progress().learningRate();

    // When: a mini-batch whose values overflow
    ExampleBatch batch = learner.batch();
    do {
      Arrays.fill(batch.input(0), batch.size() * 4, batch.size() * 4 + 4, Float.MAX_VALUE);
      batch.target(0)[batch.size()] = 0;
      learner.train();
    } while (learner.pending() > 0);
    feed(learner, 3000, RECORDS);

    // Then
    assertThat(learner.progress().divergences()).isPositive();
    assertThat(learner.progress().learningRate()).isLessThan(before);
    assertThat(learner.progress().validation().get("val_loss")).isFinite();
  }

  @Test
  void evaluate_areaUnderCurveOfOneClass_isPassedOverUntilItCanBeMeasured() {
    // Given: a metric that cannot be measured if all held-out records are of one class
    List<LearningEvent> events = new ArrayList<>();
    Map<String, Object> watched = Map.of("monitor", "val_roc_auc", "patience", 2);
    Map<String, Object> settings =
        Map.of(
            "outputs",
            Map.of(
                "class", Map.of("classes", List.of("x", "y", "z"), "metrics", List.of("roc_auc"))),
            "callbacks",
            Map.of("early_stopping", watched, "reduce_lr_on_plateau", watched));
    Learner learner = learner(settings, events::add);

    // When
    feed(learner, 0, 4000, label -> 1);

    // Then
    assertThat(learner.progress().validation().get("val_roc_auc")).isNaN();
    assertThat(learner.progress().phase()).isEqualTo(Phase.TRAINING);
    assertThat(learner.progress().learningRate()).isEqualTo(0.01);
    assertThat(events).filteredOn(LearningEvent.Unmeasured.class::isInstance).hasSize(1);

    // When: other classes appear, and nothing is left to improve
    feed(learner, 4000, 20_000);

    // Then
    assertThat(learner.progress().phase()).isEqualTo(Phase.CONVERGED);
  }

  @Test
  void evaluate_answersThatAreNotFinite_goBackToWeightsThatAnswer() {
    // Given: a step so large that weights are finite, but predictions are not
    Map<String, Object> sgd = Map.of("type", "sgd", "learning_rate", 1e25);
    Map<String, Object> layers =
        Map.of(
            "layers",
            List.of(
                Map.of("type", "dense", "units", 8),
                Map.of("type", "dense", "units", 8),
                Map.of("type", "dense", "units", 3, "activation", "softmax")));
    Map<String, Object> validation = Map.of("window", 300, "evaluate_every", 16, "min_window", 1);
    Learner learner =
        learner(
            Map.of(
                "training",
                Map.of("batch_size", 16, "optimizer", sgd),
                "network",
                layers,
                "validation",
                validation));

    // When
    feed(learner, 0, 2000);

    // Then: the weights to serve give finite predictions
    assertThat(learner.progress().phase()).isEqualTo(Phase.FAILED);
    learner.evaluateNow();
    assertThat(learner.progress().validation().get("val_loss")).isFinite();
  }

  @Test
  void evaluate_heldOutRecordThatNoWeightsAnswer_isNoDivergence() {
    // Given
    Map<String, Object> unscaled = Map.of("fields", List.of("a", "b", "c", "d"), "scaling", "none");
    Learner learner = learner(Map.of("inputs", Map.of("features", unscaled)));
    feed(learner, 0, 3000);
    Progress before = learner.progress();

    // When
    ExampleBatch batch = learner.batch();
    Arrays.fill(batch.input(0), batch.size() * 4, batch.size() * 4 + 4, Float.MAX_VALUE);
    batch.target(0)[batch.size()] = 0;
    learner.validate();
    feed(learner, 3000, 4500);

    // Then
    assertThat(learner.progress().counts().evaluations())
        .isGreaterThan(before.counts().evaluations() + 5);
    assertThat(learner.progress().divergences()).isEqualTo(before.divergences());
    assertThat(learner.progress().phase()).isEqualTo(Phase.TRAINING);
  }

  @Test
  void train_accumulatedGradients_stepAsOneLargeBatchWould() {
    // Given
    Learner large = learner(training(16, 1));
    Learner accumulating = learner(training(8, 2));

    // When
    feed(large, 0, 2000);
    feed(accumulating, 0, 2000);

    // Then
    float[] expected = large.weights().floats("parameters");
    float[] actual = accumulating.weights().floats("parameters");
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  private static Map<String, Object> training(int batchSize, int accumulationSteps) {
    Map<String, Object> unscaled = Map.of("fields", List.of("a", "b", "c", "d"), "scaling", "none");
    return Map.of(
        "inputs", Map.of("features", unscaled),
        "validation", Map.of("holdout", 0),
        "training",
            Map.of(
                "batch_size", batchSize,
                "gradient_accumulation_steps", accumulationSteps,
                "optimizer", Map.of("type", "sgd", "learning_rate", 0.01)));
  }

  @Test
  void train_labelsPermutedAfterConvergence_beginsANewRoundAndRecovers() {
    // Given
    List<LearningEvent> events = new ArrayList<>();
    Learner learner =
        learner(
            Map.of(
                "callbacks", Map.of("early_stopping", Map.of("patience", 2, "min_delta", 5)),
                "drift", Map.of("memory", 500)),
            events::add);
    feed(learner, 0, RECORDS);
    assertThat(learner.progress().phase()).isEqualTo(Phase.CONVERGED);

    // When
    feed(learner, RECORDS, 2 * RECORDS, label -> (label + 1) % 3);

    // Then
    Progress progress = learner.progress();
    assertThat(progress.drifts()).isPositive();
    assertThat(progress.round()).isGreaterThan(1);
    assertThat(progress.prequential().get("accuracy")).isGreaterThan(0.9);
    assertThat(events)
        .hasAtLeastOneElementOfType(LearningEvent.EarlyStopped.class)
        .hasAtLeastOneElementOfType(LearningEvent.DriftDetected.class)
        .hasAtLeastOneElementOfType(LearningEvent.RoundStarted.class);
  }

  @Test
  void retrain_fromFirstWeights_learnsAsANewLearnerDoes() {
    // Given
    Learner learner = learner(Map.of("validation", Map.of("holdout", 0)));
    Learner anew = learner(Map.of("validation", Map.of("holdout", 0)));
    feed(learner, 0, 1600);

    // When
    learner.retrain(true);
    feed(learner, 0, 320);
    feed(anew, 0, 320);

    // Then
    assertThat(learner.parametersSha256()).isEqualTo(anew.parametersSha256());
    assertThat(learner.progress().round()).isEqualTo(2);
  }

  @Test
  void retrain_withTheWeightsThereAre_keepsThemAndForgetsTheOptimizer() {
    // Given
    Learner learner = learner(Map.of("validation", Map.of("holdout", 0)));
    feed(learner, 0, 1600);
    byte[] before = learner.parametersSha256();

    // When
    learner.retrain(false);

    // Then
    assertThat(learner.parametersSha256()).isEqualTo(before);
    assertThat(learner.state().integer("network/optimizer/steps")).isZero();
    assertThat(learner.progress().phase().trains()).isTrue();
  }

  @Test
  void rewound_recordsThatCameBefore_areTrainedButNotCounted() {
    // Given
    Learner learner = learner(Map.of("validation", Map.of("holdout", 0)));
    feed(learner, 0, 1600);
    Progress before = learner.progress();
    byte[] weights = learner.parametersSha256();

    // When
    learner.rewound(true);
    feed(learner, 0, 160);
    learner.rewound(false);

    // Then
    assertThat(learner.parametersSha256()).isNotEqualTo(weights);
    assertThat(learner.progress().counts().trained()).isEqualTo(before.counts().trained());
    assertThat(learner.progress().prequential()).isEqualTo(before.prequential());
    assertThat(learner.learnedAgain()).isEqualTo(160);
  }

  @Test
  void beginRound_rateWasReduced_isTheFirstRateAgain() {
    // Given: no evaluation after the first is an improvement, so each halves the rate
    List<LearningEvent> events = new ArrayList<>();
    Map<String, Object> callbacks =
        Map.of(
            "early_stopping", Map.of("patience", 4, "min_delta", 5),
            "reduce_lr_on_plateau", Map.of("patience", 1, "min_delta", 5));
    Learner learner =
        learner(
            Map.of("callbacks", callbacks, "rounds", Map.of("restart_after", 160)), events::add);
    double first = learner.progress().learningRate();

    // When
    int record = 0;
    while (learner.progress().phase() != Phase.CONVERGED) {
      feed(learner, record, ++record);
    }
    double reduced = learner.progress().learningRate();
    while (learner.progress().round() == 1) {
      feed(learner, record, ++record);
    }

    // Then
    assertThat(reduced).isLessThan(first);
    assertThat(learner.progress().learningRate()).isEqualTo(first);
  }

  @Test
  void evaluate_afterTraining_tellsBaselinesBesideTheScores() {
    List<LearningEvent> events = new ArrayList<>();
    feed(learner(Map.of(), events::add), 0, RECORDS);

    Map<String, Double> scores =
        events.stream()
            .filter(LearningEvent.Evaluated.class::isInstance)
            .map(LearningEvent.Evaluated.class::cast)
            .reduce((earlier, later) -> later)
            .orElseThrow()
            .scores();

    // Then: classes alternate, so the newest label is never the next one
    assertThat(scores.get("rolling_accuracy")).isGreaterThan(0.95);
    assertThat(scores.get("no_change_accuracy")).isBetween(0.2, 0.45);
    assertThat(scores.get("majority_accuracy")).isBetween(0.2, 0.45);
    assertThat(scores).containsKeys("val_loss", "loss");
  }

  @Test
  void read_noOptimizer_hasTheMeasuredDefaults() {
    assertThat(learner(Map.of("training", Map.of())).progress().learningRate()).isEqualTo(2e-3);
  }

  @Test
  void warnings_patienceShorterThanTheWindow_namesWhatWouldDo() {
    // 300 held-out records come in 3000 records, which are less than 20 evaluations of 160
    assertThat(warnings(Map.of("patience", 29))).isEmpty();
    assertThat(warnings(Map.of("patience", 20)))
        .singleElement()
        .asString()
        .contains("patience is 20", "renewed only 1.1 times", "at least 29");
  }

  private static List<String> warnings(Map<String, Object> stopping) {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", List.of("a"))),
                "outputs", Map.of("class", Map.of("classes", List.of("x", "y"))),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 2))),
                "validation", Map.of("window", 300, "evaluate_every", 160),
                "callbacks", Map.of("early_stopping", stopping)));
    ModelDefinition definition = ModelDefinition.read(root);
    return LearnerSettings.read(root, definition).warnings(definition);
  }
}
