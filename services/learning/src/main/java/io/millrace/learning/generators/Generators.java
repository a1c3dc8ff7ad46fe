package io.millrace.learning.generators;

import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** The generators by name, with MOA's defaults, and drifts between their concepts. */
public final class Generators {
  /** The number of concepts of a generator that draws its concepts: practically unlimited. */
  private static final int RANDOM_CONCEPTS = 1_000_000;

  private static final Registry<BiFunction<Section, Long, ExampleGenerator>> BY_NAME =
      new Registry<>("type", "what examples are made", "sea");

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
    return BY_NAME.names();
  }

  /** Reads a generator from a section with its {@code type} and options. */
  public static ExampleGenerator read(Section section) {
    BiFunction<Section, Long, ExampleGenerator> reader = BY_NAME.reader(section);
    long seed = section.longInteger("seed", "seed of the examples").orElse(1L);
    return reader.apply(section, seed);
  }

  private static ExampleGenerator sea(Section section, long seed) {
    double noise = noise(section, 0.1);
    return drifting(section, seed, 4, (function, examples) -> new Sea(examples, function, noise));
  }

  private static ExampleGenerator hyperplane(Section section, long seed) {
    int drifting =
        section
            .integer("drifting_features", "features whose weights change")
            .atLeast(0)
            .atMost(10)
            .orElse(2);
    double change = section.decimal("change", "change with every example").atLeast(0).orElse(0.0);
    double noise = noise(section, 0.05);
    return drifting(
        section,
        seed,
        RANDOM_CONCEPTS,
        (function, examples) ->
            new Hyperplane(concept(seed, function), examples, drifting, change, noise));
  }

  private static ExampleGenerator led(Section section, long seed) {
    double noise = noise(section, 0.1);
    return drifting(
        section, seed, Led.FEATURES, (function, examples) -> new Led(examples, function, noise));
  }

  private static ExampleGenerator radialBasisFunctions(Section section, long seed) {
    int classes = section.integer("classes", "number of classes").atLeast(2).orElse(2);
    double speed =
        section.decimal("speed", "way of a center with every example").atLeast(0).orElse(0.0);
    return drifting(
        section,
        seed,
        RANDOM_CONCEPTS,
        (function, examples) ->
            new RadialBasisFunctions(concept(seed, function), examples, classes, speed));
  }

  private static ExampleGenerator agrawal(Section section, long seed) {
    double blur =
        section
            .decimal("blur", "how far numbers may be off, as a share of their range")
            .atLeast(0)
            .atMost(1)
            .orElse(0.05);
    return drifting(
        section, seed, 10, (function, examples) -> new Agrawal(examples, function, blur));
  }

  private static ExampleGenerator friedman(Section section, long seed) {
    return drifting(section, seed, 2, (function, examples) -> new Friedman(examples, function));
  }

  private static double noise(Section section, double defaultShare) {
    return section
        .decimal("noise", "share of what is wrong")
        .atLeast(0)
        .atMost(1)
        .orElse(defaultShare);
  }

  /** Reads the concepts of a stream and the positions of its drifts. */
  private static ExampleGenerator drifting(
      Section section, long seed, int functions, Concept concept) {
    Optional<List<Integer>> given =
        section.integers("drift_at", "examples before each drift").optional();
    int assumed = given.map(List::size).orElse(0);
    List<Integer> order =
        section
            .integers("functions", "the concepts, in their order")
            .check(
                "each from 1 to " + functions,
                list -> list.stream().allMatch(each -> each >= 1 && each <= functions))
            .check("at least one", list -> !list.isEmpty())
            .orElse(IntStream.rangeClosed(0, assumed).mapToObj(i -> i % functions + 1).toList());
    int drifts = order.size() - 1;
    List<Integer> centers =
        given.orElse(IntStream.rangeClosed(1, drifts).mapToObj(i -> 50_000 * i).toList());
    if (!isRising(centers, drifts)) {
      section.report(
          "drift_at",
          "is %s; allowed: rising numbers, one fewer than functions: %d"
              .formatted(centers, drifts));
    }
    List<Integer> widths =
        section
            .integers("drift_width", "examples of the transition, of all drifts or of each")
            .check(
                "each at least 1",
                list -> !list.isEmpty() && list.stream().allMatch(width -> width >= 1))
            .orElse(List.of(1));
    List<ExampleGenerator> concepts = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      // a recurring concept has new examples
      concepts.add(concept.generator(order.get(i), i == 0 ? seed : concept(seed, -i)));
    }
    return concepts.size() == 1 || centers.size() != drifts
        ? concepts.get(0)
        : new ConceptDrifts(concepts, centers, each(widths, drifts), ~seed);
  }

  private static boolean isRising(List<Integer> positions, int count) {
    return positions.size() == count
        && IntStream.range(0, count)
            .allMatch(i -> positions.get(i) > (i == 0 ? -1 : positions.get(i - 1)));
  }

  private static List<Integer> each(List<Integer> widths, int drifts) {
    return IntStream.range(0, drifts)
        .mapToObj(i -> widths.get(Math.min(i, widths.size() - 1)))
        .toList();
  }

  /** Returns the seed that distinguishes one concept of a stream from the others. */
  private static long concept(long seed, int number) {
    return RandomStream.of(seed, number).bits(0);
  }

  @FunctionalInterface
  private interface Concept {
    ExampleGenerator generator(int function, long seedOfExamples);
  }
}
