package io.millrace.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TreeParzenEstimatorTest {
  private static final int SEEDS = 20;
  private static final SearchSpace PLANE =
      Spaces.of(
          Spaces.inOrder(
              "x", Map.of("float", List.of(-5, 10)), "y", Map.of("float", List.of(0, 15))));

  @Test
  void ask_branin_beatsRandomOverTwentySeeds() {
    assertThat(meanBest(PLANE, false, 60, TreeParzenEstimatorTest::branin))
        .isLessThan(meanBest(PLANE, true, 60, TreeParzenEstimatorTest::branin));
  }

  @Test
  void ask_textbookSpaceInThirty_reachesRandomsBestOfSixty() {
    SearchSpace space = Spaces.of(Spaces.textbook());
    assertThat(meanBest(space, false, 30, TreeParzenEstimatorTest::network))
        .isLessThanOrEqualTo(meanBest(space, true, 60, TreeParzenEstimatorTest::network));
  }

  private static double meanBest(
      SearchSpace space, boolean random, int trials, ToDoubleFunction<Map<String, Object>> loss) {
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Sampler sampler =
          random ? new RandomSampler(space, seed) : new TreeParzenEstimator(space, seed, 10, 24);
      sum += Spaces.best(Spaces.search(sampler, trials, loss));
    }
    return sum / SEEDS;
  }

  /** F. H. Branin's function; its minimum is 0.398. */
  private static double branin(Map<String, Object> values) {
    double x = Spaces.number(values, "x");
    double y = Spaces.number(values, "y");
    double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  /** As a network's loss: one best depth, the wider the better, one best rate. */
  private static double network(Map<String, Object> values) {
    double layers = Spaces.number(values, "hidden_layers");
    double rate = Math.log10(Spaces.number(values, "training.optimizer.learning_rate") / 5e-3);
    double width = layers == 0 ? 0 : Spaces.number(values, "units");
    return Math.abs(layers - 2) + Math.exp(-width / 30) + rate * rate;
  }
}
