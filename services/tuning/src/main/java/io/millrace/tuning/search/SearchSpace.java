package io.millrace.tuning.search;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that a search varies, and the values that each may have. Immutable.
 *
 * <p>A parameter is the path of a setting, or one of two shorthands for the network: {@code
 * hidden_layers}, the number of hidden dense layers, and {@code units}, their width. With {@code
 * each: true} every layer has a width of its own, {@code units_1}, {@code units_2} and so on. A
 * width is active only in trials that have its layer.
 */
public final class SearchSpace {
  /** The name of the parameter that is the number of hidden layers. */
  public static final String HIDDEN_LAYERS = "hidden_layers";

  /** The name of the parameter that is the width of all hidden layers. */
  public static final String UNITS = "units";

  private final List<Parameter> parameters;

  SearchSpace(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** Reads a section with one section for each parameter. Problems are reported there. */
  public static SearchSpace read(Section search) {
    return new SpaceReader(search).read();
  }

  /** Returns all parameters: layers and widths first, then in the order of the settings. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Returns whether a parameter has a meaning beside the values of those before it. */
  public static boolean isActive(Parameter parameter, Map<String, Object> values) {
    return parameter.layer() == 0
        || !(values.get(HIDDEN_LAYERS) instanceof Integer layers)
        || layers >= parameter.layer();
  }

  /** Returns the values at places in [0, 1], one for each parameter; inactive ones are left out. */
  public Map<String, Object> at(double[] places) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      Parameter parameter = parameters.get(i);
      if (isActive(parameter, values)) {
        values.put(parameter.name(), parameter.at(places[i]));
      }
    }
    return values;
  }

  /**
   * Returns trials that together have each parameter's lowest and highest value and each choice, to
   * have a model's settings read with them before the search begins.
   */
  public List<Map<String, Object>> extremes() {
    List<Map<String, Object>> extremes = new ArrayList<>();
    int count = 2;
    for (Parameter parameter : parameters) {
      count = Math.max(count, parameter.grid(2).size());
    }
    for (int i = 0; i < count; i++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Parameter parameter : parameters) {
        if (isActive(parameter, values)) {
          values.put(parameter.name(), extreme(parameter, i));
        }
      }
      extremes.add(values);
    }
    return List.copyOf(extremes);
  }

  private static Object extreme(Parameter parameter, int index) {
    if (parameter instanceof ChoiceParameter choice) {
      return choice.choices().get(index % choice.choices().size());
    }
    return parameter.at(index % 2 == 0 ? 1 : 0);
  }
}
