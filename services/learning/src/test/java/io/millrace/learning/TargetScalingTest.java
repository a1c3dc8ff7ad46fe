package io.millrace.learning;

import static io.millrace.learning.HouseLearners.HOUSES;
import static io.millrace.learning.HouseLearners.feed;
import static io.millrace.learning.HouseLearners.isHeldOut;
import static io.millrace.learning.HouseLearners.learner;
import static io.millrace.learning.HouseLearners.scaled;
import static io.millrace.learning.HouseLearners.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.LearningEvent.BaselineCompared;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.state.State;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets are learned on their scale; predictions and scores are in their own units. */
class TargetScalingTest {
  private static final Map<String, Object> NONE = Map.of("price", Map.of());
  private static final int BATCH = 8;
  private static final long FEW_BYTES = 4096;

  @ParameterizedTest
  @ValueSource(strings = {"standard", "log"})
  void train_pricesOnTheirScale_findsThemInAFewPasses(String scaling) {
    Learner learner = learner(scaled(scaling), Map.of());

    feed(learner, 0, 10 * HOUSES);

    // Then: the noise alone has a mean absolute error of 16,000
    Map<String, Double> scores = learner.progress().validation();
    assertThat(scores.get("val_mean_absolute_error")).isLessThan(20_000);
    assertThat(scores.get("val_constant_mean_absolute_error")).isGreaterThan(80_000);
    assertThat(learner.progress().prequential().get("rolling_mean_absolute_error"))
        .isLessThan(20_000);
  }

  @Test
  void train_oneWrongPrice_changesNothingForLong() {
    // Given
    Learner learner = learner(scaled("standard"), Map.of());
    feed(learner, 0, 4 * HOUSES + 1);

    // When
    write(1, learner.batch());
    learner.batch().target(0)[learner.batch().size()] = 1e12f;
    learner.train();
    feed(learner, 1, HOUSES / 2);

    // Then
    assertThat(learner.progress().validation().get("val_mean_absolute_error")).isLessThan(20_000);
  }

  @Test
  void train_pricesAsTheyAre_isWorseThanTheirMeanAndSaysSo() {
    // Given
    List<LearningEvent> events = new ArrayList<>();
    Learner learner = learner(NONE, Map.of(), events::add);

    // When
    feed(learner, 0, HOUSES);

    // Then
    assertThat(events)
        .filteredOn(BaselineCompared.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            BaselineCompared.class,
            told -> {
              assertThat(told.better()).isFalse();
              assertThat(told.score().name()).isEqualTo("val_mean_absolute_error");
              assertThat(told.score().value()).isGreaterThan(told.baseline().value());
            });
  }

  /** What scaling does to weights is what other targets would have done. */
  @Test
  void train_standard_isTrainingOnTargetsScaledByHand() {
    // Given
    Learner learner = learner(scaled("standard"), Map.of());
    Learner byHand = learner(NONE, Map.of());
    double mean = 0;
    double variance = 0;
    int count = 0;

    for (int house = 0; house < 400; house += BATCH) {
      // When: the statistics of a mini-batch are learned before it is
      float[] targets = new float[BATCH];
      for (int i = 0; i < BATCH; i++) {
        write(house + i, learner.batch());
        targets[i] = learner.batch().target(0)[learner.batch().size()];
        learner.train();
        double deviation = targets[i] - mean;
        double share = 1.0 / ++count;
        mean += deviation * share;
        variance += (deviation * (targets[i] - mean) - variance) * share;
      }
      for (int i = 0; i < BATCH; i++) {
        write(house + i, byHand.batch());
        byHand.batch().target(0)[byHand.batch().size()] =
            (float) ((targets[i] - mean) * (1 / Math.sqrt(variance)));
        byHand.train();
      }

      // Then
      assertThat(learner.parametersSha256()).as("%s", house).isEqualTo(byHand.parametersSha256());
    }
  }

  @Test
  void train_none_isTrainingWithoutTheSetting() {
    Learner none = learner(scaled("none"), Map.of());
    Learner absent = learner(NONE, Map.of());

    feed(none, 0, 2000);
    feed(absent, 0, 2000);

    assertThat(none.parametersSha256()).isEqualTo(absent.parametersSha256());
    assertThat(none.progress()).isEqualTo(absent.progress());
    assertThat(none.weights().entries().keySet()).noneMatch(path -> path.contains("target"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "log"})
  void run_servedModel_answersWhatTheEvaluationScored(String scaling) {
    // Given
    Learner learner = learner(scaled(scaling), Map.of());
    feed(learner, 0, HOUSES);
    learner.evaluateNow();

    // When
    float[] answers = answers(scaling, learner.weights());

    // Then
    double absolute = 0;
    double squares = 0;
    ExampleBatch house = new ExampleBatch(1, new int[] {3}, new int[] {1});
    for (int i = 0; i < answers.length; i++) {
      write(10 * i, house);
      double error = answers[i] - house.target(0)[0];
      absolute += Math.abs(error) / answers.length;
      squares += error * error / answers.length;
    }
    Map<String, Double> scores = learner.progress().validation();
    assertThat(scores.get("val_mean_absolute_error")).isCloseTo(absolute, within(1e-5 * absolute));
    assertThat(scores.get("val_loss")).isCloseTo(squares, within(1e-5 * squares));
  }

  @Test
  void retrain_fromFirstWeights_learnsTheScaleAnew() {
    // Given
    Learner learner = learner(scaled("standard"), Map.of());
    feed(learner, 0, 2000);

    // When
    learner.retrain(true);

    // Then: before any target, every prediction is 0
    assertThat(answers("standard", learner.weights())).containsOnly(0);
  }

  @Test
  void score_oneScaledOutputOfTwo_leavesTheOtherAlone() {
    // Given
    Map<String, Object> twice =
        Map.of("price", Map.of("target_scaling", "standard"), "raw", Map.of("field", "price"));
    List<Map<String, Object>> layers =
        List.of(
            Map.of("type", "dense", "units", 1, "name", "price", "inputs", List.of("house")),
            Map.of("type", "dense", "units", 1, "name", "raw", "inputs", List.of("house")));
    Learner learner = learner(twice, Map.of("network", Map.of("layers", layers)));

    // When
    for (int house = 0; house < 2 * HOUSES; house++) {
      ExampleBatch batch = learner.batch();
      write(house, batch);
      batch.target(1)[batch.size()] = batch.target(0)[batch.size()];
      if (isHeldOut(house)) {
        learner.validate();
      } else {
        learner.train();
      }
    }

    // Then: the other has hardly moved from 0
    Map<String, Double> scores = learner.progress().validation();
    assertThat(scores.get("val_price_mean_absolute_error"))
        .isLessThan(scores.get("val_price_constant_mean_absolute_error"));
    assertThat(scores.get("val_raw_mean_absolute_error"))
        .isGreaterThan(scores.get("val_raw_constant_mean_absolute_error"));
    assertThat(scores.get("val_raw_constant_mean_absolute_error"))
        .isEqualTo(scores.get("val_price_constant_mean_absolute_error"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "log"})
  void train_steadyState_allocatesNothing(String scaling) {
    assertThat(bytesOfSteps(scaled(scaling))).isLessThan(FEW_BYTES);
  }

  /**
   * Returns how many bytes 2500 steps allocate at the least, of a mini-batch whose rows stay as
   * they are. Code allocates until it is compiled, so it is measured until nothing is allocated, or
   * often.
   */
  private static long bytesOfSteps(Map<String, Object> outputs) {
    Learner learner = learner(outputs, Map.of("validation", Map.of("evaluate_every", 100_000_000)));
    feed(learner, 1, 1 + BATCH);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 200 && least >= FEW_BYTES; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      trainOften(learner);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static void trainOften(Learner learner) {
    for (int record = 0; record < 2500 * BATCH; record++) {
      learner.train();
    }
  }

  /** Returns what is served for the held-out houses. */
  private static float[] answers(String scaling, State weights) {
    int rows = HOUSES / 10;
    Inference inference =
        new Inference(HouseLearners.definition(scaled(scaling)).inSinglePrecision(), rows);
    inference.load(
        new Model(HouseLearners.definition(scaled(scaling)), State.of(weights.entries())));
    for (int i = 0; i < rows; i++) {
      write(10 * i, inference.rows());
      inference.rows().advance();
    }
    inference.run();
    return inference.output(0).clone();
  }
}
