package io.millrace.tuning.charts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One axis of parallel coordinates: where a trial stands on it, from 0 at its low end to 1. */
final class Coordinate {
  private final String name;
  private final Function<ChartedTrial, @Nullable Object> value;

  /** The places of texts; empty for an axis of numbers. */
  private final List<String> texts;

  private final Axis axis;

  /** Whether all values are whole numbers, so that labels are. */
  private final boolean isWhole;

  private Coordinate(
      String name, Function<ChartedTrial, @Nullable Object> value, List<ChartedTrial> trials) {
    this.name = name;
    this.value = value;
    List<Object> seen = trials.stream().map(value).filter(Objects::nonNull).toList();
    boolean isNumber = seen.stream().allMatch(Number.class::isInstance);
    this.texts =
        isNumber
            ? List.of()
            : seen.stream().map(String::valueOf).distinct().sorted().collect(Collectors.toList());
    this.isWhole = seen.stream().allMatch(Integer.class::isInstance);
    this.axis = Axis.fitting(name, seen.stream().mapToDouble(Coordinate::numberOf).toArray());
  }

  static Coordinate of(String name, List<ChartedTrial> trials) {
    return new Coordinate(name, trial -> trial.values().get(name), trials);
  }

  static Coordinate ofScore(String name, List<ChartedTrial> trials) {
    return new Coordinate(name, ChartedTrial::score, trials);
  }

  String name() {
    return name;
  }

  /** Returns where a trial stands; NaN where it has no such value. */
  double share(ChartedTrial trial) {
    Object present = value.apply(trial);
    if (present == null) {
      return Double.NaN;
    }
    return texts.isEmpty()
        ? axis.share(numberOf(present))
        : place(texts.indexOf(String.valueOf(present)));
  }

  /** Returns labels and where they stand. */
  Map<String, Double> labels() {
    Map<String, Double> labels = new LinkedHashMap<>();
    if (texts.isEmpty()) {
      axis.ticks().stream()
          .filter(tick -> !isWhole || tick == Math.rint(tick))
          .forEach(tick -> labels.put(Axis.label(tick), axis.share(tick)));
    }
    for (int i = 0; i < texts.size(); i++) {
      labels.put(texts.get(i), place(i));
    }
    return labels;
  }

  private double place(int index) {
    return (index + 0.5) / texts.size();
  }

  private static double numberOf(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
