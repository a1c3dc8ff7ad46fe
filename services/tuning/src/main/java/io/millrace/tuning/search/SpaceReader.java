package io.millrace.tuning.search;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a search space from settings. Confined to one thread. */
final class SpaceReader {
  private static final String INT = "int";
  private static final String FLOAT = "float";
  private static final String LOG_FLOAT = "log_float";
  private static final String CHOICE = "choice";
  private static final String KINDS =
      "one of int: [8, 256], float: [0, 0.5], "
          + "log_float: [1e-4, 1e-1], choice: [adam, rmsprop]";

  private static final double[] HARMLESS = {1, 2};

  /** More would make a grid or a table that nobody reads. */
  private static final int MOST_LAYERS = 16;

  private final Section search;

  SpaceReader(Section search) {
    this.search = search;
  }

  SearchSpace read() {
    Map<String, Section> sections = new LinkedHashMap<>(search.namedSections("space"));
    if (sections.isEmpty()) {
      search.report(
          "space",
          "is empty; required: at least one setting to vary, such as "
              + "training.optimizer.learning_rate: {log_float: [1e-4, 1e-1]}");
    }
    List<Parameter> parameters = new ArrayList<>();
    Section layers = sections.remove(SearchSpace.HIDDEN_LAYERS);
    int deepest = layers == null ? 0 : readLayers(layers, parameters);
    Section units = sections.remove(SearchSpace.UNITS);
    if (units != null) {
      readUnits(units, deepest, parameters);
    }
    sections.forEach((path, section) -> parameters.add(read(section, path, 0)));
    return new SearchSpace(parameters);
  }

  private static int readLayers(Section section, List<Parameter> parameters) {
    Parameter layers = read(section, SearchSpace.HIDDEN_LAYERS, 0);
    parameters.add(layers);
    if (!(layers instanceof NumberParameter number) || !number.whole()) {
      section.report("", "is not of int; allowed: int: [0, 3]");
      return 0;
    }
    if (number.low() < 0 || number.high() > MOST_LAYERS) {
      section.report(INT, "leaves the numbers of layers; allowed: from 0 to " + MOST_LAYERS);
      return 0;
    }
    return (int) number.high();
  }

  private static void readUnits(Section section, int deepest, List<Parameter> parameters) {
    boolean each =
        section
            .flag("each", "whether every hidden layer has a width of its own; of units")
            .orElse(false);
    if (each && deepest == 0) {
      section.report("each", "needs hidden_layers in the same space");
    }
    Parameter first = read(section, each ? SearchSpace.UNITS + "_1" : SearchSpace.UNITS, 1);
    if (!(first instanceof NumberParameter number) || !number.whole() || number.low() < 1) {
      section.report("", "is not of int from 1; allowed: int: [1, 100]");
    }
    parameters.add(first);
    for (int layer = 2; each && layer <= deepest; layer++) {
      parameters.add(read(section, SearchSpace.UNITS + "_" + layer, layer));
    }
  }

  private static Parameter read(Section section, String name, int layer) {
    List<String> kinds = Stream.of(INT, FLOAT, LOG_FLOAT, CHOICE).filter(section::has).toList();
    if (kinds.size() != 1) {
      String found = kinds.isEmpty() ? "has no values" : "has " + String.join(" and ", kinds);
      section.report("", found + "; allowed: " + KINDS);
    }
    Parameter choice = choice(section, name, layer);
    Parameter number = number(section, new Place(name, layer));
    return section.has(CHOICE) ? choice : number;
  }

  private static Parameter number(Section section, Place place) {
    double[] whole = bounds(section, INT, "lowest and highest whole number");
    double[] linear = bounds(section, FLOAT, "lowest and highest number");
    double[] ratio = bounds(section, LOG_FLOAT, "lowest and highest number, by ratios");
    boolean isLog =
        section.flag("log", "whether equal ratios are equally likely; of int").orElse(false);
    double step =
        section
            .decimal("step", "distance of two values, from the lowest on; of int and float")
            .above(0)
            .optional()
            .orElse(0.0);
    if (isLog && !section.has(INT)) {
      section.report("log", "is of int; log_float is that of other numbers");
    }
    if (section.has(INT)) {
      return wholeNumber(section, place.number(whole, step == 0 ? 1 : step, isLog, true));
    }
    return section.has(LOG_FLOAT)
        ? logarithmic(section, place.number(ratio, step, true, false))
        : place.number(linear, step, false, false);
  }

  private static NumberParameter wholeNumber(Section section, NumberParameter number) {
    if (!isWhole(number.step())) {
      section.report("step", "is no whole number, and the values are of int");
    }
    if (!isWhole(number.low()) || !isWhole(number.high())) {
      section.report(INT, "has a bound that is no whole number");
    }
    if (number.logarithmic() && (number.low() < 1 || number.step() != 1)) {
      section.report("log", "needs a lowest number of at least 1, and no step");
      return new Place(number.name(), number.layer()).number(HARMLESS, 1, false, true);
    }
    return number;
  }

  private static NumberParameter logarithmic(Section section, NumberParameter number) {
    if (number.step() == 0 && number.low() > 0) {
      return number;
    }
    if (number.step() != 0) {
      section.report("step", "is of int and float; log_float has none");
    }
    if (number.low() <= 0) {
      section.report(LOG_FLOAT, "begins at or below 0; allowed: numbers above 0");
    }
    return new Place(number.name(), number.layer()).number(HARMLESS, 0, false, false);
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE;
  }

  private static double[] bounds(Section section, String kind, String meaning) {
    return section
        .decimals(kind, meaning)
        .check("two of them, the lower first", b -> b.size() == 2 && b.get(0) < b.get(1))
        .optional()
        .filter(b -> b.size() == 2)
        .map(b -> new double[] {b.get(0), b.get(1)})
        .orElse(HARMLESS);
  }

  private static Parameter choice(Section section, String name, int layer) {
    boolean isGood =
        !section
            .texts(CHOICE, "the values that are tried, without an order")
            .check("at least two, each once", v -> v.size() > 1 && isEachOnce(v))
            .optional()
            .orElse(List.of())
            .isEmpty();
    return new ChoiceParameter(name, layer, isGood ? given(section) : List.of("", "-"));
  }

  private static boolean isEachOnce(List<String> values) {
    return new HashSet<>(values).size() == values.size();
  }

  /** Returns the values as the document has them: true and 1 are no texts in a model's settings. */
  private static List<Object> given(Section section) {
    List<Object> values = new ArrayList<>();
    if (section.tree().get(CHOICE) instanceof List<?> list) {
      values.addAll(list);
    }
    return values;
  }

  private record Place(String name, int layer) {
    NumberParameter number(double[] bounds, double step, boolean isLog, boolean isWhole) {
      return new NumberParameter(name, layer, bounds[0], bounds[1], step, isLog, isWhole);
    }
  }
}
