package io.millrace.tuning.trials;

import io.millrace.learning.network.HiddenLayers;
import io.millrace.settings.Problem;
import io.millrace.tuning.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shorthands of a search space for the {@linkplain HiddenLayers hidden layers} of a network:
 * how many there are, and how wide they are.
 */
final class HiddenLayerValues {
  private static final String EACH = SearchSpace.UNITS + "_";

  private final Map<String, Object> values;

  HiddenLayerValues(Map<String, Object> values) {
    this.values = values;
  }

  /** Returns whether a name of a search space is such a shorthand. */
  static boolean isOne(String name) {
    return name.equals(SearchSpace.HIDDEN_LAYERS)
        || name.equals(SearchSpace.UNITS)
        || name.matches(EACH + "\\d+");
  }

  /** Returns whether the trial's values have such shorthands. */
  boolean areChanged() {
    return values.keySet().stream().anyMatch(HiddenLayerValues::isOne);
  }

  /** Returns the document with other hidden layers. */
  Map<String, Object> over(Map<String, Object> document, List<Problem> problems) {
    if (!(document.get("network") instanceof Map<?, ?> network)
        || !(network.get("layers") instanceof List<?> layers)
        || layers.isEmpty()) {
      problems.add(
          problem("need network.layers; a network of a file, or none, has no layers to change"));
      return document;
    }
    Optional<HiddenLayers> hidden = HiddenLayers.of(layers);
    if (hidden.isEmpty()) {
      problems.add(problem("need layers that follow each other; network.layers has `inputs`"));
      return document;
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    network.forEach((key, value) -> changed.put(String.valueOf(key), value));
    changed.put("layers", changed(hidden.get()).layers());
    Map<String, Object> result = new LinkedHashMap<>(document);
    result.put("network", changed);
    return result;
  }

  private HiddenLayers changed(HiddenLayers hidden) {
    HiddenLayers result =
        values.get(SearchSpace.HIDDEN_LAYERS) instanceof Number count
            ? hidden.withCount(count.intValue())
            : hidden;
    for (int i = 0; i < result.count(); i++) {
      Object units = units(i + 1);
      result = units == null ? result : result.withUnits(i, units);
    }
    return result;
  }

  private @Nullable Object units(int layer) {
    Object own = values.get(EACH + layer);
    return own == null ? values.get(SearchSpace.UNITS) : own;
  }

  private static Problem problem(String message) {
    return new Problem(
        "search.space",
        "has %s or %s, which %s".formatted(SearchSpace.HIDDEN_LAYERS, SearchSpace.UNITS, message));
  }
}
