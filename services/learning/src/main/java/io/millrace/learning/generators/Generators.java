package io.millrace.learning.generators;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** The generators by name, with MOA's defaults, and drifts between their concepts. */
public final class Generators {
  private static final Map<String, BiFunction<Section, Long, ExampleGenerator>> BY_NAME =
      new TreeMap<>();

  static {
    BY_NAME.put("sea", Generators::sea);
    BY_NAME.put("hyperplane", Generators::hyperplane);
    BY_NAME.put("led", Generators::led);
    BY_NAME.put("rbf", Generators::radialBasisFunctions);
    BY_NAME.put("agrawal", Generators::agrawal);
    BY_NAME.put("friedman", Generators::friedman);
  }

  private Generators() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** Reads a generator from a section with its {@code type} and options. */
  public static ExampleGenerator read(Section section) {
    String type =
        section
            .text("type", "what examples are made")
            .check("one of " + String.join(", ", BY_NAME.keySet()), BY_NAME::containsKey)
            .required();
    long seed = section.longInteger("seed", "seed of the examples").orElse(1L);
    return BY_NAME.getOrDefault(type, Generators::sea).apply(section, seed);
  }

  private static ExampleGenerator sea(Section section, long seed) {
    double noise = noise(section, 0.1);
    return drifting(section, seed, 4, function -> new Sea(seed, function, noise));
  }

  private static ExampleGenerator hyperplane(Section section, long seed) {
    return new Hyperplane(
        seed,
        section
            .integer("drifting_features", "features whose weights change")
            .atLeast(0)
            .atMost(10)
            .orElse(2),
        section.decimal("change", "change with every example").atLeast(0).orElse(0.0),
        noise(section, 0.05));
  }

  private static ExampleGenerator led(Section section, long seed) {
    return new Led(seed, noise(section, 0.1));
  }

  private static ExampleGenerator radialBasisFunctions(Section section, long seed) {
    return new RadialBasisFunctions(
        seed,
        section.integer("classes", "number of classes").atLeast(2).orElse(2),
        section.decimal("speed", "way of a center with every example").atLeast(0).orElse(0.0));
  }

  private static ExampleGenerator agrawal(Section section, long seed) {
    double blur =
        section
            .decimal("blur", "how far numbers may be off, as a share of their range")
            .atLeast(0)
            .atMost(1)
            .orElse(0.05);
    return drifting(section, seed, 10, function -> new Agrawal(seed, function, blur));
  }

  private static ExampleGenerator friedman(Section section, long seed) {
    return drifting(section, seed, 2, function -> new Friedman(seed, function));
  }

  private static double noise(Section section, double defaultShare) {
    return section
        .decimal("noise", "share of what is wrong")
        .atLeast(0)
        .atMost(1)
        .orElse(defaultShare);
  }

  private static ExampleGenerator drifting(
      Section section, long seed, int functions, IntFunction<ExampleGenerator> concept) {
    int first = function(section, "function", "the concept", functions, 1);
    int then = function(section, "then_function", "the concept after the drift", functions, first);
    long center =
        section.longInteger("drift_at", "examples before the drift").atLeast(0).orElse(50_000L);
    long width =
        section.longInteger("drift_width", "examples of the transition").atLeast(1).orElse(1L);
    return then == first
        ? concept.apply(first)
        : new ConceptDrift(concept.apply(first), concept.apply(then), center, width, ~seed);
  }

  private static int function(
      Section section, String key, String meaning, int functions, int defaultFunction) {
    return section.integer(key, meaning).atLeast(1).atMost(functions).orElse(defaultFunction);
  }
}
