package io.millrace.learning;

import static io.millrace.learning.RivalLearners.learner;
import static io.millrace.learning.TestLearners.feed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.LearningEvent.FallCause;
import io.millrace.learning.LearningEvent.RivalReplaced;
import io.millrace.learning.state.State;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rivals train as they would alone, and answer together. */
class RivalSetTest {
  private static final long FEW_BYTES = 4096;
  private static final int RECORDS = 3001; // the last block is not full

  @ParameterizedTest
  @MethodSource("io.millrace.learning.RivalLearners#names")
  void train_anyRival_hasTheWeightsOfALearnerAlone(String name) {
    // Given
    Learner together = learner(Map.of());
    Learner alone = RivalLearners.alone(name);

    // When
    feed(together, 0, RECORDS);
    feed(alone, 0, RECORDS);
    together.flush();
    alone.flush();

    // Then: bit for bit, the statistics of preprocessing included
    String rival = "rival_" + RivalLearners.names().indexOf(name) + "/";
    State weights = together.weights();
    alone
        .weights()
        .entries()
        .forEach(
            (entry, value) -> assertThat(weights.entries().get(rival + entry)).isEqualTo(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void train_onSeveralThreads_changesNoBit(int threads) {
    // Given
    Learner one = learner(Map.of());
    Learner several = learner(Map.of(), RivalLearners.threads(threads), event -> {});

    // When
    feed(one, 0, RECORDS);
    feed(several, 0, RECORDS);

    // Then
    assertThat(several.parametersSha256()).isEqualTo(one.parametersSha256());
    assertThat(several.progress()).isEqualTo(one.progress());
  }

  @Test
  void train_turnOfATournament_newcomerHasNoShareYet() {
    // Given
    List<LearningEvent> events = new ArrayList<>();
    Map<String, Object> rivals =
        Map.of("combine", "average", "memory", 100, "tournament", Map.of("every", 320));
    Learner learner = learner(rivals, Map.of(), events::add);

    // When
    int record = 0;
    while (events.stream().noneMatch(RivalReplaced.class::isInstance)) {
      feed(learner, record, ++record);
    }

    // Then
    String newcomer =
        events.stream()
            .filter(RivalReplaced.class::isInstance)
            .map(event -> ((RivalReplaced) event).came())
            .findFirst()
            .orElseThrow();
    assertThat(learner.progress().rivals())
        .allSatisfy(
            rival -> assertThat(rival.share()).isEqualTo(rival.name().equals(newcomer) ? 0 : 0.25));
  }

  @Test
  void progress_rivals_hasSharesThatFollowFromLosses() {
    Learner learner = learner(Map.of("memory", 200));

    feed(learner, 0, RECORDS);

    List<RivalProgress> rivals = learner.progress().rivals();
    assertThat(rivals)
        .extracting(RivalProgress::name)
        .containsExactlyElementsOf(RivalLearners.names());
    assertThat(rivals.stream().mapToDouble(RivalProgress::share).sum()).isBetween(0.999, 1.001);
    RivalProgress best =
        rivals.stream().min((a, b) -> Double.compare(a.loss(), b.loss())).orElseThrow();
    assertThat(rivals).allMatch(rival -> rival.share() <= best.share());
    assertThat(rivals.get(1).changes()).isEqualTo("batch_size 1, learning_rate 0.002, type adam");
  }

  @Test
  void train_rivalThatDiverges_beginsAgainFromTheLeaderAndTheOthersGoOn() {
    // Given: a rate at which the loss is soon not finite
    List<LearningEvent> events = new ArrayList<>();
    Map<String, Object> wild =
        Map.of(
            "name",
            "wild",
            "training",
            Map.of("optimizer", Map.of("type", "sgd", "learning_rate", 1e30)));
    Learner learner =
        learner(
            Map.of("learners", List.of(Map.of("name", "default"), wild)), Map.of(), events::add);

    // When
    feed(learner, 0, RECORDS);

    // Then
    Progress progress = learner.progress();
    assertThat(events)
        .filteredOn(RivalReplaced.class::isInstance)
        .isNotEmpty()
        .allSatisfy(
            event -> {
              RivalReplaced replaced = (RivalReplaced) event;
              assertThat(replaced.fell()).isEqualTo("wild");
              assertThat(replaced.came()).isEqualTo("wild");
              assertThat(replaced.cause()).isEqualTo(FallCause.DIVERGED);
            });
    assertThat(progress.divergences()).isZero();
    assertThat(progress.prequential().get("accuracy")).isGreaterThan(0.95);
    assertThat(progress.rivals().get(1).since()).isPositive();
    assertThat(progress.rivals().get(1).learningRate()).isLessThan(1e30);
    assertThat(progress.rivals().get(1).loss()).isFinite();
  }

  @Test
  void train_rivalWithLargerBatchThanTheFile_makesTheBlock() {
    Learner learner =
        learner(
            Map.of(
                "learners",
                List.of(
                    Map.of("name", "default"),
                    Map.of("name", "large", "training", Map.of("batch_size", 64)))));

    feed(learner, 0, RECORDS);

    assertThat(learner.progress().counts().trained() % 64).isZero();
    assertThat(learner.progress().prequential().get("accuracy")).isGreaterThan(0.9);
  }

  @Test
  void train_allRivalsDiverge_goesBackAsOneModel() {
    // Given
    Learner learner = learner(Map.of());
    feed(learner, 0, 1000);

    // When: a label that is no number
    learner.batch().weights()[learner.batch().size()] = Float.NaN;
    learner.train();
    feed(learner, 1000, 1016);

    // Then
    assertThat(learner.progress().divergences()).isOne();
    assertThat(learner.progress().rivals()).allMatch(rival -> rival.since() == 0);
  }

  @Test
  void train_steadyState_allocatesNothing() {
    Learner learner =
        learner(Map.of(), Map.of("validation", Map.of("evaluate_every", 100_000_000)), event -> {});
    feed(learner, 1, 1 + RivalLearners.BLOCK);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 200 && least >= FEW_BYTES; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int record = 0; record < 500 * RivalLearners.BLOCK; record++) {
        learner.train();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isLessThan(FEW_BYTES);
  }
}
