package io.millrace.learning.generators;

import java.util.List;

/**
 * A stream that passes from one concept to the next. At each drift, the probability that an example
 * belongs to the newer concept is a sigmoid of its position.
 */
final class ConceptDrifts implements ExampleGenerator {
  private final List<ExampleGenerator> concepts;
  private final List<Integer> centers;
  private final List<Integer> widths;
  private final Draws draws;
  private long position;

  /**
   * @param centers per drift, the position at which both concepts are equally likely; one fewer
   *     than concepts
   * @param widths per drift, the length of the transition in examples
   */
  ConceptDrifts(
      List<ExampleGenerator> concepts, List<Integer> centers, List<Integer> widths, long seed) {
    this.concepts = List.copyOf(concepts);
    this.centers = List.copyOf(centers);
    this.widths = List.copyOf(widths);
    this.draws = new Draws(seed);
  }

  @Override
  public List<String> fields() {
    return concepts.get(0).fields();
  }

  @Override
  public int classes() {
    return concepts.get(0).classes();
  }

  @Override
  public double next(float[] features) {
    int concept = centers.size();
    while (concept > 0 && !draws.chance(hasCome(concept - 1))) {
      concept--;
    }
    position++;
    return concepts.get(concept).next(features);
  }

  private double hasCome(int drift) {
    return 1 / (1 + Math.exp(-4.0 * (position - centers.get(drift)) / widths.get(drift)));
  }
}
