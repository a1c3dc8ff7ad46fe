package io.millrace.benchmarks.fuzz;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What was answered, and what should not have been. Confined to one thread while it grows. */
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

  /** Takes note of what is wrong, and shows the first of it at once. */
  void problem(String what) {
    problemCount++;
    if (problemCount <= MOST_SHOWN) {
      System.out.println("problem: " + what);
    }
  }

  /** Takes note of how much longer than its time a connection was open. */
  void heldFor(Duration over) {
    longestHeld = over.compareTo(longestHeld) > 0 ? over : longestHeld;
  }

  /** Takes note of how long a request of a kind has waited for its end. */
  void took(String kind, Duration time) {
    slowest.merge(kind, time.toMillis() / 1e3, Math::max);
  }

  /** Returns how long the slowest request of each kind took, in seconds. */
  Map<String, Double> slowest() {
    return new TreeMap<>(slowest);
  }

  Duration longestHeld() {
    return longestHeld;
  }

  int problemCount() {
    return problemCount;
  }

  /** Returns how many requests were answered how. */
  Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }
}
