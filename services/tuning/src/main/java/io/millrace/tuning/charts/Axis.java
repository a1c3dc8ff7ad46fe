package io.millrace.tuning.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One axis of a chart: a title, a range, and where values stand in it. A value that a logarithmic
 * axis cannot show, zero and below, counts as not finite.
 *
 * @param low the lowest value shown
 * @param high the highest value shown, above {@code low}
 */
public record Axis(String title, double low, double high, boolean logarithmic) {
  private static final int INTERVALS = 5;

  /** A ratio of values that a linear axis would press together. */
  private static final int FAR = 20;

  /** Returns an axis from the lowest to the highest finite value. */
  public static Axis linear(String title, double... values) {
    double[] shown = DoubleStream.of(values).filter(Double::isFinite).toArray();
    double low = DoubleStream.of(shown).min().orElse(0);
    double high = DoubleStream.of(shown).max().orElse(1);
    if (high - low <= Math.ulp(Math.max(Math.abs(low), Math.abs(high)))) {
      double margin = Math.max(Math.abs(low) * 0.1, 1e-9);
      return new Axis(title, low - margin, high + margin, false);
    }
    return new Axis(title, low, high, false);
  }

  /** Returns an axis of powers of ten, from the lowest to the highest positive finite value. */
  public static Axis logarithmic(String title, double... values) {
    double[] shown = DoubleStream.of(values).filter(v -> v > 0 && Double.isFinite(v)).toArray();
    double low = DoubleStream.of(shown).min().orElse(0.1);
    double high = DoubleStream.of(shown).max().orElse(1);
    boolean isEmpty = high / low < 1 + 1e-9;
    return new Axis(title, isEmpty ? low / 2 : low, isEmpty ? high * 2 : high, true);
  }

  /** Returns a logarithmic axis where values are positive and far apart, else a linear one. */
  public static Axis fitting(String title, double... values) {
    double[] shown = DoubleStream.of(values).filter(Double::isFinite).toArray();
    double low = DoubleStream.of(shown).min().orElse(0);
    double high = DoubleStream.of(shown).max().orElse(0);
    return low > 0 && high > FAR * low ? logarithmic(title, values) : linear(title, values);
  }

  /** Returns this axis with a range chosen by the caller; values outside stand at its ends. */
  public Axis within(double lowest, double highest) {
    return new Axis(title, lowest, highest, logarithmic);
  }

  /** Returns where a value stands, from 0 at the low end to 1; not finite where it has no place. */
  double share(double value) {
    double share = (scaled(value) - scaled(low)) / (scaled(high) - scaled(low));
    return Double.isFinite(share) ? Math.max(0, Math.min(1, share)) : Double.NaN;
  }

  /** Returns the values that get a grid line and a label, ascending. */
  List<Double> ticks() {
    List<Double> decades = logarithmic ? decades() : List.of();
    return decades.size() >= 2 ? decades : steps();
  }

  /**
   * Returns a number as a label has it: at most four digits, with an exponent where it is short.
   */
  static String label(double value) {
    return Numbers.shortest(value);
  }

  private double scaled(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  private List<Double> decades() {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int stride = Math.max(1, (last - first + 7) / 8);
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += stride) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }

  /** Multiples of 1, 2 or 5 times a power of ten, five to ten of them. */
  private List<Double> steps() {
    double rough = (high - low) / INTERVALS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
    List<Double> ticks = new ArrayList<>();
    for (double i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
