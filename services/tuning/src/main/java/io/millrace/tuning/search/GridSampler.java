package io.millrace.tuning.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * All combinations, the last parameter changing fastest. A width of a layer that a combination does
 * not have makes no combinations of its own.
 */
final class GridSampler implements Sampler {
  /** A list of more combinations than anybody tries is a mistake in the space. */
  static final int MOST = 1_000_000;

  private final List<Map<String, Object>> combinations;

  /**
   * @param points how many values a number without a step gets
   */
  GridSampler(SearchSpace space, int points) {
    List<Map<String, Object>> all = List.of(Map.of());
    for (Parameter parameter : space.parameters()) {
      all = extended(all, parameter, parameter.grid(points));
    }
    this.combinations = all;
  }

  @Override
  public Map<String, Object> ask(int number, List<FinishedTrial> earlier) {
    return combinations.get(number);
  }

  @Override
  public OptionalInt limit() {
    return OptionalInt.of(combinations.size());
  }

  private static List<Map<String, Object>> extended(
      List<Map<String, Object>> all, Parameter parameter, List<Object> values) {
    List<Map<String, Object>> result = new ArrayList<>();
    for (Map<String, Object> combination : all) {
      if (SearchSpace.isActive(parameter, combination)) {
        values.forEach(value -> result.add(with(combination, parameter.name(), value)));
      } else {
        result.add(combination);
      }
      if (result.size() > MOST) {
        break; // whoever reads the settings has refused such a grid
      }
    }
    return result;
  }

  private static Map<String, Object> with(
      Map<String, Object> combination, String name, Object value) {
    Map<String, Object> result = new LinkedHashMap<>(combination);
    result.put(name, value);
    return result;
  }
}
