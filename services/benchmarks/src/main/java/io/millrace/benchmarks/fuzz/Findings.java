package io.millrace.benchmarks.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was answered, and what should not have been. Confined to one thread while it grows. */
final class Findings {
  private static final int MOST_SHOWN = 20;

  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private int problemCount;

  void answered(String how) {
    answers.merge(how, 1, Integer::sum);
  }

  void problem(String what) {
    problemCount++;
    if (problems.size() < MOST_SHOWN) {
      problems.add(what);
    }
  }

  int problemCount() {
    return problemCount;
  }

  /** Returns the first of the problems. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Returns how many requests were answered how. */
  Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }
}
