package io.millrace.benchmarks.fuzz;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The answers and the problems found. Confined to one thread while it is filled. */
final class Findings {
  private static final int MOST_SHOWN = 20;

  private final Map<String, Integer> answers = new TreeMap<>();
  private int problemCount;
  private final Map<String, Double> slowest = new TreeMap<>();
  private Duration longestHeld = Duration.ZERO;

  void answered(String how) {
    answered(how, 1);
  }

  void answered(String how, int count) {
    answers.merge(how, count, Integer::sum);
  }

  /** Counts a problem, and prints the first {@value #MOST_SHOWN} at once. */
  void problem(String what) {
    problemCount++;
    if (problemCount <= MOST_SHOWN) {
      System.out.println("problem: " + what);
    }
  }

  /** Records how far a connection was open beyond its timeout. */
  void heldFor(Duration over) {
    longestHeld = over.compareTo(longestHeld) > 0 ? over : longestHeld;
  }

  /** Records how long a request of a kind took. */
  void took(String kind, Duration time) {
    slowest.merge(kind, time.toMillis() / 1e3, Math::max);
  }

  /** Returns the time of the slowest request of each kind, in seconds. */
  Map<String, Double> slowest() {
    return new TreeMap<>(slowest);
  }

  Duration longestHeld() {
    return longestHeld;
  }

  int problemCount() {
    return problemCount;
  }

  /** Returns the number of requests by answer. */
  Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }
}
