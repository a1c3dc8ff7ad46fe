package io.millrace.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {
  private static final int RECORDS = 6000;

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
  void restore_inTheMiddle_endsBitIdentically() {
    // Given
    Learner uninterrupted = uninterrupted(policies());

    // When
    Learner second = resumedAfter(100, policies());

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.pending()).isEqualTo(uninterrupted.pending());
  }

  @Test
  void state_withRecordsPending_isRefused() {
    Learner learner = learner(Map.of());
    feed(learner, 0, 5);

    assertThatThrownBy(learner::state).isInstanceOf(IllegalStateException.class);
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
  void restore_averagedWeightsAndDriftWatched_endsBitIdentically() {
    // Given
    Map<String, Object> optimizer =
        Map.of("type", "adam", "learning_rate", 0.01, "use_ema", true, "ema_momentum", 0.9);
    Map<String, Object> settings =
        Map.of(
            "training", Map.of("batch_size", 16, "optimizer", optimizer),
            "drift", Map.of("memory", 100));
    Learner uninterrupted = uninterrupted(settings);

    // When
    Learner second = resumedAfter(150, settings);

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.weights().floats("parameters"))
        .isEqualTo(uninterrupted.weights().floats("parameters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sliding", "reservoir"})
  void restore_replayAndAccumulation_endsBitIdentically(String buffer) {
    // Given
    Map<String, Object> settings =
        Map.of(
            "training",
            Map.of(
                "batch_size", 16,
                "gradient_accumulation_steps", 3,
                "replay", Map.of("buffer", buffer, "size", 100, "ratio", 2)));
    Learner uninterrupted = uninterrupted(settings);

    // When: an odd number of steps, so that gradients wait for their update
    Learner second = resumedAfter(100, settings);

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.progress().prequential().get("accuracy")).isGreaterThan(0.9);
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
  void restore_windowOfATimeAndSlices_endsAsUninterrupted() {
    // Given: one record per second
    Map<String, Object> settings =
        Map.of(
            "validation",
            Map.of(
                "window",
                "20m",
                "evaluate_every",
                "5m",
                "min_window",
                50,
                "slices",
                List.of("parity")));
    Learner uninterrupted = uninterrupted(settings);

    // When
    Learner second = resumedAfter(150, settings);

    // Then: a tenth of 1200 seconds
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.progress().windowSize()).isBetween(80, 160);
    assertThat(second.progress().counts().evaluations()).isBetween(17L, 20L);
    assertThat(second.progress().validation())
        .containsKeys("val_loss[parity=even]", "val_loss[parity=odd]");
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
    return LearnerSettings.read(root, ModelDefinition.read(root)).warnings();
  }

  private static Map<String, Object> policies() {
    return Map.of(
        "callbacks",
        Map.of(
            "early_stopping", Map.of("patience", 50),
            "reduce_lr_on_plateau", Map.of("patience", 1)));
  }

  private static Learner learner(Map<String, Object> overrides) {
    return learner(overrides, event -> {});
  }

  private static Learner learner(Map<String, Object> overrides, Consumer<LearningEvent> events) {
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

  private static Learner uninterrupted(Map<String, Object> settings) {
    Learner learner = learner(settings);
    feed(learner, 0, RECORDS);
    return learner;
  }

  /** Returns a learner that continues from the state of another one after {@code steps} steps. */
  private static Learner resumedAfter(int steps, Map<String, Object> settings) {
    Learner first = learner(settings);
    int position = feedUntilSteps(first, steps);
    Learner second = learner(settings);
    second.restore(copy(first.weights()), copy(first.state()));
    feed(second, position, RECORDS);
    return second;
  }

  private static State copy(State state) {
    return State.of(state.entries());
  }

  private static int feedUntilSteps(Learner learner, int steps) {
    int record = 0;
    while (learner.progress().counts().steps() < steps) {
      feed(learner, record, record + 1);
      record++;
    }
    return record;
  }

  private static void feed(Learner learner, int from, int to) {
    feed(learner, from, to, label -> label);
  }

  private static void feed(Learner learner, int from, int to, IntUnaryOperator labels) {
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
