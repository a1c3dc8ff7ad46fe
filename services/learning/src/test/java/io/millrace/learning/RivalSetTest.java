package io.millrace.learning;

import static io.millrace.learning.RivalLearners.learner;
import static io.millrace.learning.TestLearners.feed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.state.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rivals train as they would alone, and answer together. */
class RivalSetTest {
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
    assertThat(rivals.get(1).changes()).isEqualTo("batch_size 1, type adam, learning_rate 0.002");
  }
}
