package io.millrace.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final SearchSpace SPACE =
      Spaces.of(
          Spaces.inOrder(
              "strong", Map.of("float", List.of(0, 1)),
              "weak", Map.of("float", List.of(0, 1)),
              "none", Map.of("choice", List.of("a", "b", "c"))));

  @Test
  void of_sumOfTwo_isTheirShareOfTheVariance() {
    // 4a + 2b of uniform a and b: variances 16/12 and 4/12, so shares of 0.8 and 0.2.
    Map<String, Double> importance = Importance.of(SPACE, trials(400));

    assertThat(importance).containsOnlyKeys("strong", "weak", "none");
    assertThat(importance.get("strong")).isCloseTo(0.8, Offset.offset(0.06));
    assertThat(importance.get("weak")).isCloseTo(0.2, Offset.offset(0.06));
    assertThat(importance.get("none")).isLessThan(0.03);
  }

  @Test
  void of_twentyTrials_ranksTheStrongFirst() {
    Map<String, Double> importance = Importance.of(SPACE, trials(20));

    assertThat(importance.get("strong"))
        .isGreaterThan(importance.get("weak"))
        .isGreaterThan(importance.get("none"));
  }

  @Test
  void of_equalLosses_isNothing() {
    List<FinishedTrial> trials = Spaces.search(new RandomSampler(SPACE, 1), 20, values -> 7);

    assertThat(Importance.of(SPACE, trials).values()).containsOnly(0.0);
  }

  @Test
  void of_sevenTrials_saysNothing() {
    assertThat(Importance.of(SPACE, trials(7))).isEmpty();
  }

  private static List<FinishedTrial> trials(int count) {
    return Spaces.search(
        new RandomSampler(SPACE, 1),
        count,
        values -> 4 * Spaces.number(values, "strong") + 2 * Spaces.number(values, "weak"));
  }
}
