package io.millrace.tuning.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A number between two bounds, both included. A number without steps has six digits.
 *
 * @param step the distance of two values, counted from {@code low}; 0 where any number is one
 * @param logarithmic whether equal ratios are equally likely, not equal differences
 * @param whole whether values are of type Integer, else Double
 */
record NumberParameter(
    String name,
    int layer,
    double low,
    double high,
    double step,
    boolean logarithmic,
    boolean whole)
    implements Parameter {
  private static final MathContext WRITTEN = new MathContext(6);

  @Override
  public Object at(double place) {
    double number = unscaled(first() + place * (last() - first()));
    if (step > 0) {
      number = low + Math.rint((number - low) / step) * step;
    }
    number = Math.max(low, Math.min(highest(), rounded(number)));
    if (whole) {
      return (int) Math.rint(number);
    }
    return number;
  }

  /** Returns a number as a person would write it into a file. */
  private static double rounded(double number) {
    return new BigDecimal(number).round(WRITTEN).doubleValue();
  }

  @Override
  public double place(Object value) {
    return place(((Number) value).doubleValue());
  }

  /** Returns where the interval of a value begins; the place itself where there is no step. */
  double begin(double place) {
    return step == 0 ? place : place(number(at(place)) - step / 2);
  }

  /** Returns where the interval of a value ends; the place itself where there is no step. */
  double end(double place) {
    return step == 0 ? place : place(number(at(place)) + step / 2);
  }

  @Override
  public List<Object> grid(int points) {
    List<Object> values = new ArrayList<>();
    int count = step > 0 && !logarithmic ? steps() + 1 : points;
    double begin = scaled(low);
    double width = scaled(highest()) - begin;
    for (int i = 0; i < count; i++) {
      double number = count == 1 ? begin : begin + width * i / (count - 1);
      Object value = at(place(unscaled(number)));
      if (!values.contains(value)) {
        values.add(value);
      }
    }
    return values;
  }

  private int steps() {
    return (int) Math.floor((high - low) / step + 1e-9);
  }

  private double highest() {
    return step > 0 ? low + steps() * step : high;
  }

  private double place(double number) {
    double place = (scaled(number) - first()) / (last() - first());
    return Math.max(0, Math.min(1, place));
  }

  /** Half a step below the lowest value, so that it is as likely as the others. */
  private double first() {
    return scaled(low - step / 2);
  }

  private double last() {
    return scaled(highest() + step / 2);
  }

  private double scaled(double number) {
    return logarithmic ? Math.log(number) : number;
  }

  private double unscaled(double number) {
    return logarithmic ? Math.exp(number) : number;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
