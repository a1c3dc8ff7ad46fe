package io.millrace.tuning.trials;

import io.millrace.settings.Problem;
import io.millrace.tuning.search.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shorthands of a search space for the hidden dense layers of a network: how many there are,
 * and how wide they are.
 *
 * <p>The last layer is the output. Each dense layer before it, with the layers between it and the
 * next dense one, such as a dropout, is a hidden block. Another number of layers repeats the first
 * block, or leaves blocks out from the last on.
 */
final class HiddenLayers {
  private static final String TYPE = "type";
  private static final String DENSE = "dense";
  private static final String EACH = SearchSpace.UNITS + "_";

  private final Map<String, Object> values;

  HiddenLayers(Map<String, Object> values) {
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
    return values.keySet().stream().anyMatch(HiddenLayers::isOne);
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
    if (layers.stream()
        .anyMatch(layer -> layer instanceof Map<?, ?> map && map.get("inputs") != null)) {
      problems.add(problem("need layers that follow each other; network.layers has `inputs`"));
      return document;
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    network.forEach((key, value) -> changed.put(String.valueOf(key), value));
    changed.put("layers", layers(layers));
    Map<String, Object> result = new LinkedHashMap<>(document);
    result.put("network", changed);
    return result;
  }

  private List<Object> layers(List<?> written) {
    List<Object> result = new ArrayList<>();
    List<List<Object>> blocks = new ArrayList<>();
    for (Object layer : written.subList(0, written.size() - 1)) {
      if (isDense(layer)) {
        blocks.add(new ArrayList<>());
      }
      (blocks.isEmpty() ? result : blocks.get(blocks.size() - 1)).add(layer);
    }
    List<Object> template =
        blocks.isEmpty() ? List.of(Map.of(TYPE, DENSE, "activation", "relu")) : blocks.get(0);
    int count =
        values.get(SearchSpace.HIDDEN_LAYERS) instanceof Number number
            ? number.intValue()
            : blocks.size();
    for (int i = 0; i < count; i++) {
      List<Object> block = i < blocks.size() ? blocks.get(i) : unnamed(template);
      result.addAll(wide(block, units(i + 1)));
    }
    result.add(written.get(written.size() - 1));
    return result;
  }

  private @Nullable Object units(int layer) {
    Object own = values.get(EACH + layer);
    return own == null ? values.get(SearchSpace.UNITS) : own;
  }

  private static List<Object> wide(List<Object> block, @Nullable Object units) {
    if (units == null) {
      return block;
    }
    List<Object> result = new ArrayList<>(block);
    Map<String, Object> dense = copy(block.get(0));
    dense.put(SearchSpace.UNITS, units);
    result.set(0, dense);
    return result;
  }

  private static List<Object> unnamed(List<Object> block) {
    List<Object> result = new ArrayList<>();
    for (Object layer : block) {
      if (layer instanceof Map<?, ?>) {
        Map<String, Object> copy = copy(layer);
        copy.remove("name");
        result.add(copy);
      } else {
        result.add(layer);
      }
    }
    return result;
  }

  private static Map<String, Object> copy(Object layer) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (layer instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    } else {
      copy.put(TYPE, layer);
    }
    return copy;
  }

  private static boolean isDense(Object layer) {
    return layer instanceof Map<?, ?> map ? DENSE.equals(map.get(TYPE)) : DENSE.equals(layer);
  }

  private static Problem problem(String message) {
    return new Problem(
        "search.space",
        "has %s or %s, which %s".formatted(SearchSpace.HIDDEN_LAYERS, SearchSpace.UNITS, message));
  }
}
