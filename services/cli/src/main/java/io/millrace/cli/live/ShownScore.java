package io.millrace.cli.live;

import io.millrace.learning.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A score by Keras' name, such as {@code accuracy}, with the same score of a constant answer where
 * there is one. What is not known is NaN.
 *
 * @param beforeTraining of recent records, before they were trained
 * @param onWindow of the validation window
 * @param constantName the name of the constant answer's score
 * @param constant of the constant answer, the most frequent class or the mean: on the window where
 *     that is known, else of recent records
 */
public record ShownScore(
    String name, double beforeTraining, double onWindow, String constantName, double constant) {
  private static final String LOSS = "loss";
  private static final String WINDOW = "val_";
  private static final Pattern BASELINE =
      Pattern.compile("(majority_accuracy|constant_mean_absolute_error)$");
  private static final Pattern NO_SCORE = Pattern.compile("(^|_)(no_change|rolling)_|\\[");

  static List<ShownScore> of(Progress progress) {
    return of(progress.prequential(), progress.validation());
  }

  /**
   * Returns the scores, the loss first. Those of slices are left out.
   *
   * @param before scores of recent records, before they were trained
   * @param window scores of the validation window, whose names begin with {@code val_}
   */
  public static List<ShownScore> of(Map<String, Double> before, Map<String, Double> window) {
    Set<String> names = new TreeSet<>(Comparator.comparing(ShownScore::rank));
    Stream.concat(
            before.keySet().stream(),
            window.keySet().stream().map(name -> name.substring(WINDOW.length())))
        .filter(Predicate.not(NO_SCORE.asPredicate()).and(Predicate.not(BASELINE.asPredicate())))
        .forEach(names::add);
    return names.stream().map(name -> of(name, before, window)).toList();
  }

  /** Returns whether the constant answer is the mean, not a class. */
  public boolean isOfNumbers() {
    return name.endsWith("mean_absolute_error");
  }

  private static ShownScore of(
      String name, Map<String, Double> before, Map<String, Double> window) {
    String constant =
        name.replaceAll("accuracy$", "majority_accuracy")
            .replaceAll("mean_absolute_error$", "constant_mean_absolute_error");
    boolean isOnWindow = window.containsKey(WINDOW + constant);
    double recent = before.getOrDefault(constant, Double.NaN);
    double known = window.getOrDefault(WINDOW + constant, recent);
    return new ShownScore(
        name,
        before.getOrDefault(name, Double.NaN),
        window.getOrDefault(WINDOW + name, Double.NaN),
        isOnWindow ? WINDOW + constant : constant,
        constant.equals(name) ? Double.NaN : known);
  }

  private static String rank(String name) {
    return String.format(Locale.ROOT, "%d%s", name.equals(LOSS) ? 0 : 1, name);
  }
}
