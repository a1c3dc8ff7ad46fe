package io.millrace.learning.model;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The weighted mean of several networks' outputs, in the units of the targets: of probabilities or
 * of numbers. Adding allocates nothing. Owned by one thread.
 */
public final class CombinedOutputs implements IntFunction<float[]> {
  private final int[] widths;
  private final float[][] sums;
  private int rows;

  /**
   * @param widths how many numbers each output has per row
   * @param capacity the most rows
   */
  public CombinedOutputs(int[] widths, int capacity) {
    this.widths = widths.clone();
    sums =
        Arrays.stream(widths)
            .mapToObj(width -> new float[capacity * width])
            .toArray(float[][]::new);
  }

  /** Begins the mean of so many rows. */
  public void clear(int count) {
    rows = count;
    for (int output = 0; output < sums.length; output++) {
      Arrays.fill(sums[output], 0, rows * widths[output], 0);
    }
  }

  /**
   * Adds a network's outputs.
   *
   * @param share of the network; all shares of a mean have the sum 1
   * @param outputs at least {@code [rows, width]} each
   */
  public void add(float share, IntFunction<float[]> outputs) {
    for (int output = 0; output < sums.length; output++) {
      float[] sum = sums[output];
      float[] values = outputs.apply(output);
      for (int i = 0; i < rows * widths[output]; i++) {
        sum[i] += share * values[i];
      }
    }
  }

  /** Returns the mean of an output, {@code [rows, width]}; valid until the next one begins. */
  @Override
  public float[] apply(int output) {
    return sums[output];
  }
}
