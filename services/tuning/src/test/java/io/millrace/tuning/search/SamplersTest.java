package io.millrace.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplersTest {
  private static final SearchSpace TEXTBOOK = Spaces.of(Spaces.textbook());
  private static final String RATE = "training.optimizer.learning_rate";

  @Test
  void ask_grid_changesTheLastFastest() {
    SearchSpace space =
        Spaces.of(
            Spaces.inOrder(
                "n",
                Map.of("int", List.of(1, 2)),
                "x",
                Map.of("float", List.of(0, 1)),
                "kind",
                Map.of("choice", List.of("a", "b"))));
    GridSampler grid = new GridSampler(space, 3);

    assertThat(grid.limit()).hasValue(12);
    assertThat(grid.ask(0, List.of())).isEqualTo(Map.of("n", 1, "x", 0.0, "kind", "a"));
    assertThat(grid.ask(1, List.of())).isEqualTo(Map.of("n", 1, "x", 0.0, "kind", "b"));
    assertThat(grid.ask(2, List.of())).isEqualTo(Map.of("n", 1, "x", 0.5, "kind", "a"));
    assertThat(grid.ask(11, List.of())).isEqualTo(Map.of("n", 2, "x", 1.0, "kind", "b"));
  }

  @Test
  void ask_gridOfRates_hasEqualRatios() {
    SearchSpace space = Spaces.of(Map.of("rate", Map.of("log_float", List.of(1e-4, 1e-1))));

    assertThat(space.parameters().get(0).grid(4)).containsExactly(1e-4, 1e-3, 1e-2, 1e-1);
  }

  @Test
  void ask_gridWithoutLayers_hasNoCombinationTwice() {
    SearchSpace space =
        Spaces.of(
            Map.of(
                "hidden_layers", Map.of("int", List.of(0, 2)),
                "units", Map.of("int", List.of(10, 30), "step", 10)));

    assertThat(new GridSampler(space, 5).limit()).hasValue(1 + 2 * 3);
  }

  @Test
  void ask_randomRate_isLogUniform() {
    double low = Math.log(3e-4);
    double width = Math.log(3e-2) - low;

    assertThat(kolmogorovSmirnov(v -> (Math.log(Spaces.number(v, RATE)) - low) / width))
        .isLessThan(1.63 / Math.sqrt(4000)); // one in a hundred
  }

  @Test
  void ask_randomLayers_areEquallyOften() {
    RandomSampler random = new RandomSampler(TEXTBOOK, 5);
    int[] counts = new int[4];
    for (int i = 0; i < 4000; i++) {
      counts[(int) Spaces.number(random.ask(i, List.of()), "hidden_layers")]++;
    }

    double chiSquared =
        Arrays.stream(counts).mapToDouble(c -> (c - 1000.0) * (c - 1000) / 1000).sum();
    assertThat(chiSquared).isLessThan(11.34); // three degrees of freedom, one in a hundred
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "tpe", "genetic"})
  void ask_sameSeed_sameProposals(String name) {
    assertThat(proposals(name, 3)).isEqualTo(proposals(name, 3)).isNotEqualTo(proposals(name, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "tpe", "genetic"})
  void ask_generationInAnotherOrder_sameProposals(String name) {
    List<FinishedTrial> earlier =
        Spaces.search(new RandomSampler(TEXTBOOK, 1), 16, SamplersTest::loss);

    List<Map<String, Object>> forwards = new ArrayList<>();
    List<Map<String, Object>> backwards = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      forwards.add(sampler(name, 9).ask(16 + i, earlier));
      backwards.add(0, sampler(name, 9).ask(19 - i, earlier));
    }
    assertThat(forwards).isEqualTo(backwards).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "tpe", "genetic"})
  void ask_anyHistory_staysInTheSpace(String name) {
    for (FinishedTrial trial : Spaces.search(sampler(name, 11), 80, SamplersTest::loss)) {
      int layers = (int) Spaces.number(trial.values(), "hidden_layers");
      assertThat(layers).isBetween(0, 3);
      assertThat(trial.values().containsKey("units")).isEqualTo(layers > 0);
      assertThat(Spaces.number(trial.values(), RATE)).isBetween(3e-4, 3e-2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "genetic"})
  void ask_allDiverged_goesOn(String name) {
    assertThat(Spaces.search(sampler(name, 2), 24, values -> Double.NaN)).hasSize(24);
  }

  @Test
  void ask_genetic_lateTrialsAreBetterThanTheFirst() {
    double first = 0;
    double last = 0;
    for (int seed = 0; seed < 10; seed++) {
      List<FinishedTrial> trials = Spaces.search(sampler("genetic", seed), 60, SamplersTest::loss);
      first += mean(trials.subList(0, 10));
      last += mean(trials.subList(50, 60));
    }
    assertThat(last).isLessThan(first / 2);
  }

  private static double mean(List<FinishedTrial> trials) {
    return trials.stream().mapToDouble(FinishedTrial::score).average().orElseThrow();
  }

  private static List<Map<String, Object>> proposals(String name, long seed) {
    return Spaces.search(sampler(name, seed), 24, SamplersTest::loss).stream()
        .map(FinishedTrial::values)
        .toList();
  }

  private static Sampler sampler(String name, long seed) {
    return switch (name) {
      case "tpe" -> new TreeParzenEstimator(TEXTBOOK, seed, 10, 24);
      case "genetic" -> new GeneticSampler(TEXTBOOK, seed, 10, 0.3);
      default -> new RandomSampler(TEXTBOOK, seed);
    };
  }

  private static double loss(Map<String, Object> values) {
    double layers = Spaces.number(values, "hidden_layers");
    double rate = Math.log10(Spaces.number(values, RATE) / 5e-3);
    return Math.abs(layers - 2) + Math.exp(-Spaces.number(values, "units") / 30) + rate * rate;
  }

  /** The largest distance between the distribution of 4000 draws and the uniform one. */
  private static double kolmogorovSmirnov(ToDoubleFunction<Map<String, Object>> uniform) {
    RandomSampler random = new RandomSampler(TEXTBOOK, 5);
    double[] drawn = new double[4000];
    Arrays.setAll(drawn, i -> uniform.applyAsDouble(random.ask(i, List.of())));
    Arrays.sort(drawn);
    double distance = 0;
    for (int i = 0; i < drawn.length; i++) {
      double below = (double) i / drawn.length;
      double above = (i + 1.0) / drawn.length;
      distance = Math.max(distance, Math.max(drawn[i] - below, above - drawn[i]));
    }
    return distance;
  }
}
