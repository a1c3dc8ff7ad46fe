package io.millrace.tuning.trials;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.tuning.search.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a trial's values over a settings document. */
public final class Overlay {
  private static final Pattern KEY = Pattern.compile("([^\\[\\]]+)((?:\\[\\d{1,4}\\])*)");

  /** What decoded records do not depend on. */
  private static final Pattern CHANGEABLE =
      Pattern.compile(
          "(network|training|callbacks)\\..+|outputs\\.[^.]+\\.(loss|loss_weight)(\\..+)?");

  private Overlay() {}

  /**
   * Returns the document with the values; the document itself stays.
   *
   * @param values by the names of a search space
   * @throws InvalidSettingsException with every value that has no place in the document
   */
  public static Map<String, Object> over(Map<String, Object> document, Map<String, Object> values) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Object> result = new LinkedHashMap<>(document);
    HiddenLayers layers = new HiddenLayers(values);
    if (layers.areChanged()) {
      result = layers.over(result, problems);
    }
    for (Map.Entry<String, Object> value : values.entrySet()) {
      if (HiddenLayers.isOne(value.getKey())) {
        continue;
      }
      if (CHANGEABLE.matcher(value.getKey()).matches()) {
        result = put(result, value.getKey(), value.getKey(), value.getValue(), problems);
      } else {
        problems.add(
            new Problem(
                "search.space." + value.getKey(),
                "cannot be searched, since records are decoded once; allowed: %s, %s, and settings"
                        .formatted(SearchSpace.HIDDEN_LAYERS, SearchSpace.UNITS)
                    + " under network, training and callbacks, and an output's loss"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return result;
  }

  private static Map<String, Object> put(
      Map<?, ?> section, String rest, String path, Object value, List<Problem> problems) {
    Map<String, Object> result = new LinkedHashMap<>();
    section.forEach((key, present) -> result.put(String.valueOf(key), present));
    int dot = rest.indexOf('.');
    String head = dot < 0 ? rest : rest.substring(0, dot);
    Matcher key = KEY.matcher(head);
    if (!key.matches()) {
      problems.add(new Problem("search.space." + path, "is no path of keys and indices"));
      return result;
    }
    String below = dot < 0 ? "" : rest.substring(dot + 1);
    String name = key.group(1);
    String indices = key.group(2);
    Object changed =
        indices.isEmpty()
            ? changed(result.get(name), below, path, value, problems)
            : item(result.get(name), indices, below, path, value, problems);
    if (changed != null) {
      result.put(name, changed);
    }
    return result;
  }

  private static Object changed(
      @Nullable Object present, String below, String path, Object value, List<Problem> problems) {
    return below.isEmpty() ? value : put(section(present, path), below, path, value, problems);
  }

  private static @Nullable Object item(
      @Nullable Object list,
      String indices,
      String below,
      String path,
      Object value,
      List<Problem> problems) {
    int end = indices.indexOf(']');
    int index = Integer.parseInt(indices.substring(1, end));
    if (!(list instanceof List<?> items) || index >= items.size()) {
      problems.add(new Problem("search.space." + path, "names an item that the list has not"));
      return list;
    }
    List<Object> result = new ArrayList<>(items);
    result.set(index, changed(result.get(index), below, path, value, problems));
    return result;
  }

  /** A text in the place of a section is the section's type, as in {@code optimizer: adam}. */
  private static Map<?, ?> section(@Nullable Object present, String path) {
    if (present instanceof Map<?, ?> section) {
      return section;
    }
    return present == null ? Map.of() : Map.of("type", present);
  }
}
