package io.millrace.learning.drift;

import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.Optional;

/**
 * KSWIN: signals a drift when the newest values of a sliding window have another distribution than
 * a random sample of the older ones.
 *
 * <p>C. Raab, M. Heusinger, F.-M. Schleif, "Reactive Soft Prototype Computing for Concept Drift
 * Streams", Neurocomputing 2020.
 */
final class KolmogorovSmirnovWindow implements DriftDetector {
  private static final double SMALLEST_DISTANCE = 0.1;

  /**
   * The options.
   *
   * @param alpha the probability of a false alarm in one check
   * @param windowSize values in the window
   * @param statSize values in each sample
   * @param seed of the random sample
   */
  record Options(double alpha, int windowSize, int statSize, long seed) {}

  private final Options options;
  private final double[] window; // a ring: value number n is at n % windowSize
  private long count;
  private boolean drifted;

  KolmogorovSmirnovWindow(Options options) {
    this.options = options;
    this.window = new double[options.windowSize];
  }

  @Override
  public boolean update(double value) {
    if (drifted) {
      reset();
    }
    window[(int) (count % window.length)] = value;
    count++;
    drifted = count >= window.length && differs();
    return drifted;
  }

  private boolean differs() {
    return isDrift(KolmogorovSmirnov.distance(sampleOfOlder(), newest()));
  }

  /** Returns whether a distance, in values, is too large for chance. */
  private boolean isDrift(int distance) {
    int size = options.statSize;
    return distance > SMALLEST_DISTANCE * size
        && KolmogorovSmirnov.probability(size, distance) <= options.alpha;
  }

  /**
   * Returns the distance between the distribution functions of both samples, beside the least one
   * that is a drift; 1 is the largest possible.
   */
  @Override
  public Optional<Evidence> evidence() {
    if (count < window.length) {
      return Optional.empty();
    }
    int least = 1;
    while (least < options.statSize && !isDrift(least)) {
      least++;
    }
    double size = options.statSize;
    int distance = KolmogorovSmirnov.distance(sampleOfOlder(), newest());
    return Optional.of(new Evidence(distance / size, least / size));
  }

  private double[] newest() {
    double[] newest = new double[options.statSize];
    for (int i = 0; i < newest.length; i++) {
      newest[i] = value(window.length - newest.length + i);
    }
    return newest;
  }

  /** Draws without replacement, with the first steps of a Fisher-Yates shuffle. */
  private double[] sampleOfOlder() {
    RandomStream random = RandomStream.of(options.seed, count);
    double[] older = new double[window.length - options.statSize];
    Arrays.setAll(older, this::value);
    for (int i = 0; i < options.statSize; i++) {
      int drawn = i + random.integer(i, older.length - i);
      double value = older[drawn];
      older[drawn] = older[i];
      older[i] = value;
    }
    return Arrays.copyOf(older, options.statSize);
  }

  /** Returns a value of the full window by its position, oldest first. */
  private double value(int age) {
    return window[(int) ((count + age) % window.length)];
  }

  @Override
  public long valuesSinceDrift() {
    return options.statSize;
  }

  @Override
  public void reset() {
    Arrays.fill(window, 0);
    count = 0;
    drifted = false;
  }

  @Override
  public void save(State state) {
    state.put("window", window);
    state.put("count", count);
    state.put("drifted", drifted);
  }

  @Override
  public void restore(State state) {
    state.read("window", window);
    count = state.integer("count");
    drifted = state.flag("drifted");
  }
}
