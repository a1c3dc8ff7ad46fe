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
  private static final Pattern KEY = Pattern.compile("([^\\[\\]]+)(?:\\[(\\d{1,4})\\])?");

  /** What decoded records do not depend on. */
  private static final Pattern CHANGEABLE =
      Pattern.compile(
          "(network|training|callbacks)\\..+|outputs\\.[^.]+\\.(loss|loss_weight)(\\..+)?");

  private final String path;
  private final Object value;
  private final List<Problem> problems;

  private Overlay(String path, Object value, List<Problem> problems) {
    this.path = path;
    this.value = value;
    this.problems = problems;
  }

  /**
   * Returns the document with the values; the document itself stays.
   *
   * @param values by the names of a search space
   * @throws InvalidSettingsException with every value that has no place in the document
   */
  public static Map<String, Object> over(Map<String, Object> document, Map<String, Object> values) {
    List<Problem> problems = new ArrayList<>();
    HiddenLayerValues layers = new HiddenLayerValues(values);
    Map<String, Object> result = layers.areChanged() ? layers.over(document, problems) : document;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      if (HiddenLayerValues.isOne(value.getKey())) {
        continue;
      }
      Overlay overlay = new Overlay(value.getKey(), value.getValue(), problems);
      if (CHANGEABLE.matcher(value.getKey()).matches()) {
        result = overlay.put(result, value.getKey());
      } else {
        overlay.report(
            "cannot be searched, since records are decoded once; allowed: %s, %s, and settings"
                    .formatted(SearchSpace.HIDDEN_LAYERS, SearchSpace.UNITS)
                + " under network, training and callbacks, and an output's loss");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return result;
  }

  /** Returns a section with the value at the rest of the path. */
  private Map<String, Object> put(Map<?, ?> section, String rest) {
    Map<String, Object> result = new LinkedHashMap<>();
    section.forEach((key, present) -> result.put(String.valueOf(key), present));
    int dot = rest.indexOf('.');
    Matcher key = KEY.matcher(dot < 0 ? rest : rest.substring(0, dot));
    if (!key.matches()) {
      report("is no path of keys and indices");
      return result;
    }
    String below = dot < 0 ? "" : rest.substring(dot + 1);
    Object present = result.get(key.group(1));
    Object changed =
        key.group(2) == null
            ? changed(present, below)
            : item(present, Integer.parseInt(key.group(2)), below);
    if (changed != null) {
      result.put(key.group(1), changed);
    }
    return result;
  }

  private Object changed(@Nullable Object present, String below) {
    return below.isEmpty() ? value : put(section(present), below);
  }

  private @Nullable Object item(@Nullable Object list, int index, String below) {
    if (!(list instanceof List<?> items) || index >= items.size()) {
      report("names an item that the list has not");
      return list;
    }
    List<Object> result = new ArrayList<>(items);
    result.set(index, changed(result.get(index), below));
    return result;
  }

  private void report(String message) {
    problems.add(new Problem("search.space." + path, message));
  }

  /** A text in the place of a section is the section's type, as in {@code optimizer: adam}. */
  private static Map<?, ?> section(@Nullable Object present) {
    if (present instanceof Map<?, ?> section) {
      return section;
    }
    return present == null ? Map.of() : Map.of("type", present);
  }
}
