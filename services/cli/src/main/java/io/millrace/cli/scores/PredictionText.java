package io.millrace.cli.scores;

import io.millrace.client.Output;
import io.millrace.learning.model.OutputSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats the model's answer for one row of one output. */
public final class PredictionText {
  private static final double SHOWN_FROM = 0.0005;

  private PredictionText() {}

  /** Returns the class or the number, as in {@code T (0.993)} or {@code 17.25}. */
  public static String brief(OutputSettings settings, Output output, int row) {
    String answer = answer(settings, output, row);
    return settings.classes().isEmpty()
        ? answer
        : "%s (%s)"
            .formatted(
                answer, rounded(scores(settings, output, row)[likeliest(settings, output, row)]));
  }

  /** Returns the class or the number alone. */
  public static String answer(OutputSettings settings, Output output, int row) {
    return settings.classes().isEmpty()
        ? numbers(output.row(row))
        : settings.classes().get(likeliest(settings, output, row));
  }

  /** Returns the index of the class that the predictor would name. */
  static int likeliest(OutputSettings settings, Output output, int row) {
    float[] scores = scores(settings, output, row);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /**
   * Returns the score of every class. A single number is that of the second class; it may be a
   * logit.
   */
  public static float[] scores(OutputSettings settings, Output output, int row) {
    float[] values = output.row(row);
    return values.length == 1
        ? new float[] {2 * settings.loss().boundary() - values[0], values[0]}
        : values;
  }

  /** Returns the classes by descending probability, without those that would show as 0.000. */
  public static String probabilities(OutputSettings settings, Output output, int row) {
    float[] probabilities = scores(settings, output, row);
    List<String> shown =
        IntStream.range(0, probabilities.length)
            .boxed()
            .filter(index -> probabilities[index] >= SHOWN_FROM)
            .sorted(Comparator.comparing((Integer index) -> -probabilities[index]))
            .map(index -> settings.classes().get(index) + " " + rounded(probabilities[index]))
            .toList();
    String text = String.join("  ", shown);
    int others = probabilities.length - shown.size();
    return others == 0 ? text : text + "  (" + others + " others below 0.0005)";
  }

  private static String numbers(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Float.toString(values[i]))
        .collect(Collectors.joining(" "));
  }

  private static String rounded(double probability) {
    return String.format(Locale.ROOT, "%.3f", probability);
  }
}
