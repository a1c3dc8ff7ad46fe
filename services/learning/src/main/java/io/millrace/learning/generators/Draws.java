package io.millrace.learning.generators;

import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;

/** Random numbers drawn in sequence. */
final class Draws {
  private final RandomStream uniform;
  private final RandomStream normal;
  private long position;

  Draws(long seed) {
    RandomStream random = RandomStream.of(seed, 0);
    this.uniform = random.split(0);
    this.normal = random.split(1);
  }

  /** Returns a uniform number in [0, 1). */
  double uniform() {
    return uniform.uniform(position++);
  }

  /** Returns a uniform number in [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  int integer(int bound) {
    return uniform.integer(position++, bound);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  double normal() {
    return normal.normal(position++);
  }

  /** Returns numbered names for features without names. */
  static List<String> numbered(int features) {
    return IntStream.rangeClosed(1, features).mapToObj(i -> "x" + i).toList();
  }
}
