package io.millrace.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  @Test
  void at_ends_areTheBounds() {
    SearchSpace space = Spaces.of(Spaces.textbook());

    assertThat(space.at(new double[] {1, 0, 0}))
        .isEqualTo(
            Map.of("hidden_layers", 3, "units", 1, "training.optimizer.learning_rate", 3e-4));
    assertThat(space.at(new double[] {1, 1, 1}))
        .containsEntry("units", 100)
        .containsEntry("training.optimizer.learning_rate", 3e-2);
  }

  @Test
  void at_noHiddenLayer_hasNoUnits() {
    assertThat(Spaces.of(Spaces.textbook()).at(new double[] {0, 0.5, 0.5}))
        .containsOnlyKeys("hidden_layers", "training.optimizer.learning_rate");
  }

  @Test
  void at_unitsOfEachLayer_hasAsManyAsLayers() {
    SearchSpace space =
        Spaces.of(
            Map.of(
                "hidden_layers", Map.of("int", List.of(1, 3)),
                "units", Map.of("int", List.of(8, 256), "log", true, "each", true)));

    assertThat(space.at(new double[] {0.5, 0, 1, 0.5}))
        .isEqualTo(Map.of("hidden_layers", 2, "units_1", 8, "units_2", 256));
  }

  @Test
  void at_steps_areCountedFromTheLowest() {
    SearchSpace space =
        Spaces.of(Map.of("training.batch_size", Map.of("int", List.of(8, 30), "step", 8)));

    assertThat(List.of(0.0, 0.3, 0.4, 0.7, 1.0))
        .map(place -> space.at(new double[] {place}).get("training.batch_size"))
        .containsExactly(8, 8, 16, 24, 24);
  }

  @Test
  void place_ofEveryValue_leadsBackToIt() {
    Parameter rate =
        Spaces.of(Map.of("rate", Map.of("log_float", List.of(1e-5, 10)))).parameters().get(0);
    Parameter units =
        Spaces.of(Map.of("n", Map.of("int", List.of(1, 100), "log", true))).parameters().get(0);
    Parameter kind =
        Spaces.of(Map.of("kind", Map.of("choice", List.of("adam", 3, true)))).parameters().get(0);

    assertThat(List.of(1e-5, 0.0314, 10.0)).allMatch(v -> rate.at(rate.place(v)).equals(v));
    assertThat(List.of(1, 2, 57, 100)).allMatch(v -> units.at(units.place(v)).equals(v));
    assertThat(List.<Object>of("adam", 3, true)).allMatch(v -> kind.at(kind.place(v)).equals(v));
  }

  @Test
  void extremes_haveEveryBoundAndChoice() {
    SearchSpace space =
        Spaces.of(
            Map.of(
                "hidden_layers", Map.of("int", List.of(0, 3)),
                "training.optimizer.type", Map.of("choice", List.of("adam", "sgd", "lion"))));

    assertThat(space.extremes()).extracting(values -> values.get("hidden_layers")).contains(0, 3);
    assertThat(space.extremes())
        .extracting(values -> values.get("training.optimizer.type"))
        .contains("adam", "sgd", "lion");
  }

  @Test
  void read_manyMistakes_tellsAllAtOnce() {
    Map<String, Object> space = new LinkedHashMap<>();
    space.put("a", Map.of("int", List.of(9, 3)));
    space.put("b", Map.of("log_float", List.of(0, 1)));
    space.put("c", Map.of("choice", List.of("one")));
    space.put("d", Map.of("int", List.of(1, 2), "float", List.of(1, 2)));
    space.put("e", Map.of());
    space.put("f", Map.of("floating", List.of(1, 2)));
    space.put("units", Map.of("int", List.of(0, 10), "each", true));

    assertThat(problems(space))
        .contains(
            "search.space.a.int: is [9, 3]; allowed: list of numbers, two of them, the lower first",
            "search.space.b.log_float: begins at or below 0; allowed: numbers above 0",
            "search.space.c.choice: is [one]; allowed: list of texts, at least two, each once",
            "search.space.units.each: needs hidden_layers in the same space")
        .anyMatch(problem -> problem.startsWith("search.space.d: has int and float; allowed: "))
        .anyMatch(problem -> problem.startsWith("search.space.e: has no values; allowed: "))
        .anyMatch(problem -> problem.startsWith("search.space.f.floating: "))
        .anyMatch(problem -> problem.startsWith("search.space.units: is not of int from 1"));
  }

  @Test
  void read_nothing_asksForASetting() {
    assertThat(problems(Map.of()))
        .first()
        .asString()
        .startsWith("search.space: is empty; required");
  }

  private static List<String> problems(Map<String, Object> space) {
    Section root = Section.root(Map.of("search", Map.of("space", space)));
    SearchSpace.read(root.section("search"));
    return catchThrowableOfType(InvalidSettingsException.class, root::finish).problems().stream()
        .map(Object::toString)
        .toList();
  }
}
