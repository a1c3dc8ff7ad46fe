package io.millrace.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunersTest {

  @Test
  void brackets_ofThePaper_areItsTable() {
    List<Hyperband.Bracket> brackets = new Hyperband(81, 3).brackets();

    assertThat(brackets)
        .containsExactly(
            new Hyperband.Bracket(List.of(81, 27, 9, 3, 1), List.of(1, 3, 9, 27, 81)),
            new Hyperband.Bracket(List.of(34, 11, 3, 1), List.of(3, 9, 27, 81)),
            new Hyperband.Bracket(List.of(15, 5, 1), List.of(9, 27, 81)),
            new Hyperband.Bracket(List.of(8, 2), List.of(27, 81)),
            new Hyperband.Bracket(List.of(5), List.of(81)));
  }

  @Test
  void promoted_hyperband_keepsAThirdOfItsBracket() {
    Hyperband hyperband = new Hyperband(9, 3);

    assertThat(hyperband.width(0)).isEqualTo(9);
    assertThat(hyperband.rungs(0)).containsExactly(1, 3);
    assertThat(hyperband.rungs(2)).isEmpty();
    assertThat(
            hyperband.promoted(
                0,
                1,
                Map.of(
                    0, 5.0, 1, 3.0, 2, 9.0, 3, 1.0, 4, 7.0, 5, Double.NaN, 6, 2.0, 7, 8.0, 8, 4.0),
                List.of()))
        .containsExactly(1, 3, 6);
    assertThat(hyperband.promoted(0, 3, Map.of(1, 3.0, 3, 1.0, 6, 2.0), List.of()))
        .containsExactly(3);
  }

  @Test
  void rungs_asha_growByEta() {
    assertThat(SuccessiveHalving.of(4, 3, 1, 81).rungs()).containsExactly(1, 3, 9, 27);
    assertThat(SuccessiveHalving.of(4, 4, 2, 33).rungs()).containsExactly(2, 8, 32);
  }

  @Test
  void promoted_asha_isAmongAllThatReachedTheRung() {
    SuccessiveHalving asha = SuccessiveHalving.of(4, 2, 1, 9);
    Map<Integer, Double> first = Map.of(0, 4.0, 1, 2.0, 2, 3.0, 3, 1.0);
    assertThat(asha.promoted(0, 1, first, List.of())).containsExactly(1, 3);

    List<FinishedTrial> earlier =
        List.of(
            trial(0, true, 4.0),
            trial(1, false, 2.0, 0.5, 0.4),
            trial(2, true, 3.0),
            trial(3, true, 1.0, 0.9));
    Map<Integer, Double> second = Map.of(4, 2.5, 5, 0.5, 6, 9.0, 7, 1.5);
    assertThat(asha.promoted(1, 1, second, earlier))
        .containsExactly(5, 7); // of 0.5 1 1.5 2 | 2.5 ...

    // Only 1 and 3 were judged after two epochs; 0.5 and 0.7 lead 0.9.
    assertThat(asha.promoted(1, 2, Map.of(5, 0.7, 7, 1.2), earlier)).containsExactly(5);
  }

  @Test
  void promoted_allDiverged_oneGoesOn() {
    SuccessiveHalving asha = SuccessiveHalving.of(2, 3, 1, 9);
    Map<Integer, Double> scores = Map.of(0, Double.NaN, 1, Double.NaN);

    assertThat(asha.promoted(0, 1, scores, List.of())).containsExactly(0);
  }

  @Test
  void score_ofATrial_isItsLowestFiniteLoss() {
    FinishedTrial trial = trial(0, false, 3.0, 1.0, Double.NaN, 2.0);

    assertThat(trial.score()).isEqualTo(1);
    assertThat(trial.scoreAfter(1)).isEqualTo(3);
    assertThat(trial(1, false, Double.NaN).score()).isInfinite();
  }

  private static FinishedTrial trial(int number, boolean pruned, Double... losses) {
    return new FinishedTrial(number, Map.of(), List.of(losses), pruned);
  }
}
