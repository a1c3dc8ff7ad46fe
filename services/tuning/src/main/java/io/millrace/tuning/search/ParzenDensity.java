package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sum of normal distributions cut at 0 and 1, one around each place that was seen, and a wide one
 * in the middle, the prior.
 *
 * <p>The width of each is the larger distance to its neighbours, within bounds, so it is narrow
 * where much was tried. A number with steps has the probability of its interval.
 */
final class ParzenDensity implements Density {
  private static final double LEAST = 1e-300;

  private final NumberParameter parameter;
  private final double[] centers;
  private final double[] widths;
  private final double[] shares;

  ParzenDensity(NumberParameter parameter, double[] places) {
    this.parameter = parameter;
    int count = places.length + 1;
    centers = Arrays.copyOf(places, count);
    centers[places.length] = 0.5;
    shares = Arrays.copyOf(Density.weights(places.length), count);
    shares[places.length] = 1;
    double total = Arrays.stream(shares).sum();
    Arrays.setAll(shares, i -> shares[i] / total);
    widths = widths(centers);
    widths[places.length] = 1;
  }

  @Override
  public double draw(RandomStream random) {
    double left = random.uniform(0);
    int kernel = 0;
    while (kernel < shares.length - 1 && left >= shares[kernel]) {
      left -= shares[kernel++];
    }
    double low = Normal.probability((0 - centers[kernel]) / widths[kernel]);
    double high = Normal.probability((1 - centers[kernel]) / widths[kernel]);
    double quantile = Normal.quantile(low + random.uniform(1) * (high - low));
    return Math.max(0, Math.min(1, centers[kernel] + widths[kernel] * quantile));
  }

  @Override
  public double logarithm(double place) {
    double begin = parameter.begin(place);
    double end = parameter.end(place);
    double sum = 0;
    for (int i = 0; i < centers.length; i++) {
      double inside = mass(i, 0, 1);
      sum += shares[i] * (begin < end ? mass(i, begin, end) : height(i, place)) / inside;
    }
    return Math.log(Math.max(LEAST, sum));
  }

  private double mass(int kernel, double begin, double end) {
    return Normal.probability((end - centers[kernel]) / widths[kernel])
        - Normal.probability((begin - centers[kernel]) / widths[kernel]);
  }

  private double height(int kernel, double place) {
    double distance = (place - centers[kernel]) / widths[kernel];
    return Math.exp(-0.5 * distance * distance) / (Math.sqrt(2 * Math.PI) * widths[kernel]);
  }

  private static double[] widths(double[] centers) {
    int count = centers.length;
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Double.compare(centers[a], centers[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double least = 1.0 / Math.min(100, 1 + count);
    double[] widths = new double[count];
    for (int i = 0; i < count; i++) {
      double center = centers[order[i]];
      double below = i == 0 ? 0 : center - centers[order[i - 1]];
      double above = i == count - 1 ? 0 : centers[order[i + 1]] - center;
      widths[order[i]] = Math.max(least, Math.min(1, Math.max(below, above)));
    }
    return widths;
  }
}
