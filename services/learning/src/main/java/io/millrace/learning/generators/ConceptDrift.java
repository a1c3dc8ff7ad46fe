package io.millrace.learning.generators;

import java.util.List;

/**
 * A stream that goes over from one concept to another: the probability that an example is of the
 * new one is a sigmoid of its position.
 */
final class ConceptDrift implements ExampleGenerator {
  private final ExampleGenerator before;
  private final ExampleGenerator after;
  private final double center;
  private final double width;
  private final Draws draws;
  private long position;

  /**
   * @param center the position at which both concepts are equally likely
   * @param width the length of the transition, in examples
   */
  ConceptDrift(
      ExampleGenerator before, ExampleGenerator after, long center, long width, long seed) {
    this.before = before;
    this.after = after;
    this.center = center;
    this.width = width;
    this.draws = new Draws(seed);
  }

  @Override
  public List<String> fields() {
    return before.fields();
  }

  @Override
  public int classes() {
    return before.classes();
  }

  @Override
  public double next(float[] features) {
    double ofNew = 1 / (1 + Math.exp(-4 * (position - center) / width));
    position++;
    return (draws.chance(ofNew) ? after : before).next(features);
  }
}
