package io.millrace.cli.lrrange;

import io.millrace.cli.terminal.CurvePlot;
import io.millrace.cli.terminal.Figures;
import io.millrace.learning.LearnerSettings;
import io.millrace.tuning.rates.RangeCurve;
import io.millrace.tuning.rates.RateRange;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a range test says. */
final class RangeText {
  private static final int WIDTH = 66;
  private static final int HEIGHT = 12;

  private final RateRange range;
  private final LearnerSettings learner;
  private final int records;

  /**
   * @param records how many there are
   */
  RangeText(RateRange range, LearnerSettings learner, int records) {
    this.range = range;
    this.learner = learner;
    this.records = records;
  }

  /** Returns what will be done. */
  List<String> plan() {
    long needed =
        (long) range.steps()
            * learner.training().accumulationSteps()
            * learner.training().batchSize();
    String steps =
        "%s steps of %s records, at learning rates from %s to %s, each %s times the one before"
            .formatted(
                Figures.count(range.steps()),
                Figures.count(
                    (long) learner.training().accumulationSteps() * learner.training().batchSize()),
                rate(range.from()),
                rate(range.to()),
                Figures.rounded(range.factor()));
    List<String> lines = new ArrayList<>(List.of(steps));
    if (needed > records) {
      lines.add(
          "they need %s records, so the %s are learned again from the first when they end"
              .formatted(Figures.count(needed), Figures.count(records)));
    }
    lines.add("weights are new and are thrown away; no running model is touched");
    return lines;
  }

  /** Returns the smoothed loss over the learning rate. */
  List<String> chart(RangeCurve curve, Charset charset) {
    List<String> lines = new ArrayList<>(List.of("", "smoothed loss"));
    lines.addAll(
        new CurvePlot(WIDTH, HEIGHT, charset)
            .lines(
                range.from(),
                range.to(),
                curve.rates(),
                curve.smoothed(),
                curve.suggestion().orElse(Double.NaN)));
    lines.add("learning rate; the upright line is the suggestion");
    if (curve.suggestion().isEmpty()) {
      lines.set(lines.size() - 1, "learning rate");
    }
    lines.add("");
    return lines;
  }

  /** Returns the suggestion, or why there is none. */
  List<String> verdict(RangeCurve curve) {
    List<String> lines = new ArrayList<>(List.of(ending(curve)));
    OptionalDouble suggestion = curve.suggestion();
    if (suggestion.isEmpty()) {
      lines.add("No suggestion. " + curve.obstacle().orElseThrow());
      return lines;
    }
    lines.add(
        "The smoothed loss falls until the rate %s, and rises from there, since steps overshoot."
            .formatted(rate(curve.rates()[curve.turn()])));
    lines.add(
        "Suggested: learning_rate %s, a tenth of that: far enough below that training stays stable,"
                .formatted(rate(suggestion.getAsDouble()))
            + " and not so far that it is slow.");
    lines.add(
        "The settings have %s.".formatted(rate(learner.training().optimizer().schedule().rate(0))));
    return lines;
  }

  /** Returns the result for programs. */
  Map<String, Object> json(String model, RangeCurve curve) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    OptionalDouble suggestion = curve.suggestion();
    tree.put("model", model);
    tree.put("records", records);
    tree.put("from_rate", range.from());
    tree.put("to_rate", range.to());
    tree.put("steps", range.steps());
    tree.put("factor", range.factor());
    tree.put("end", curve.end().name().toLowerCase(Locale.ROOT));
    tree.put("turning_rate", curve.rates()[curve.turn()]);
    tree.put("present_learning_rate", learner.training().optimizer().schedule().rate(0));
    suggestion.ifPresent(rate -> tree.put("suggested_learning_rate", rate));
    curve.obstacle().ifPresent(reason -> tree.put("obstacle", reason));
    tree.put("rates", finite(curve.rates()));
    tree.put("losses", finite(curve.losses()));
    tree.put("smoothed_losses", finite(curve.smoothed()));
    return tree;
  }

  private static String ending(RangeCurve curve) {
    String last = rate(curve.rates()[curve.steps() - 1]);
    return switch (curve.end()) {
      case LAST_STEP -> "All steps were made.";
      case ROSE ->
          "The test ended at the rate %s: the smoothed loss was four times the best."
              .formatted(last);
      case NOT_FINITE -> "The test ended at the rate %s: the loss was not finite.".formatted(last);
    };
  }

  /** Only the last loss may not be finite; JSON has no such numbers. */
  private static List<@Nullable Double> finite(double[] values) {
    List<@Nullable Double> result = new ArrayList<>();
    for (double value : values) {
      result.add(Double.isFinite(value) ? value : null);
    }
    return result;
  }

  private static String rate(double rate) {
    return RateSetting.text(rate);
  }
}
