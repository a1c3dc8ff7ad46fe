package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers: a trial's kernel is a normal distribution around its place, cut at 0 and 1; the prior's
 * is wide and in the middle.
 *
 * <p>The width is the larger distance to the neighbours, within bounds, so it is narrow where much
 * was tried. A number with steps has the probability of its interval in the place of a density.
 */
final class NumberKernels implements Kernels {
  private final NumberParameter parameter;
  private final double[] centers;
  private final double[] widths;

  /** How much of each normal distribution lies between 0 and 1. */
  private final double[] inside;

  NumberKernels(NumberParameter parameter, double[] places) {
    this.parameter = parameter;
    centers = Arrays.copyOf(places, places.length + 1);
    widths = new double[centers.length];
    Arrays.fill(widths, 1);
    widen(places);
    for (int i = 0; i < centers.length; i++) {
      if (i == places.length || Double.isNaN(places[i])) {
        centers[i] = 0.5;
      }
    }
    inside = new double[centers.length];
    Arrays.setAll(inside, kernel -> mass(kernel, 0, 1));
  }

  @Override
  public double draw(int kernel, RandomStream random) {
    double low = Normal.probability((0 - centers[kernel]) / widths[kernel]);
    double high = Normal.probability((1 - centers[kernel]) / widths[kernel]);
    double quantile = Normal.quantile(low + random.uniform(0) * (high - low));
    return Math.max(0, Math.min(1, centers[kernel] + widths[kernel] * quantile));
  }

  @Override
  public double density(int kernel, double place) {
    double begin = parameter.begin(place);
    double end = parameter.end(place);
    double part = begin < end ? mass(kernel, begin, end) : height(kernel, place);
    return part / inside[kernel];
  }

  private double mass(int kernel, double begin, double end) {
    return Normal.probability((end - centers[kernel]) / widths[kernel])
        - Normal.probability((begin - centers[kernel]) / widths[kernel]);
  }

  private double height(int kernel, double place) {
    double distance = (place - centers[kernel]) / widths[kernel];
    return Math.exp(-0.5 * distance * distance) / (Math.sqrt(2 * Math.PI) * widths[kernel]);
  }

  private void widen(double[] places) {
    int[] order =
        IntStream.range(0, places.length)
            .filter(i -> !Double.isNaN(places[i]))
            .boxed()
            .sorted((a, b) -> Double.compare(places[a], places[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double least = 1.0 / Math.min(100, 2 + order.length);
    for (int i = 0; i < order.length; i++) {
      double place = places[order[i]];
      double below = i > 0 ? place - places[order[i - 1]] : order.length > 1 ? 0 : place;
      double above =
          i < order.length - 1 ? places[order[i + 1]] - place : order.length > 1 ? 0 : 1 - place;
      widths[order[i]] = Math.max(least, Math.max(below, above));
    }
  }
}
