package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import java.util.Arrays;

/**
 * Hands the gradient of a maximum to the first place that has it.
 *
 * <p>Channels are copied to arrays of their own, so that the loop over them vectorizes.
 */
final class MaxPoolingGradient extends WindowWalk {
  /** Makes any distance from the maximum count as one, without a branch. */
  private static final float STEEP = 1e30f;

  private final HostMatrix in;
  private final HostMatrix out;
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final float[] remaining;
  private final float[] maxima;
  private final float[] values;
  private final float[] slopes;
  private int inStart;
  private int outStart;
  private int gradientStart;
  private int inGradientStart;

  MaxPoolingGradient(
      HostMatrix in, Window window, HostMatrix out, HostMatrix gradient, HostMatrix inGradient) {
    super(window, inGradient.buffer());
    this.in = in;
    this.out = out;
    this.gradient = gradient;
    this.inGradient = inGradient;
    this.remaining = new float[window.channels()];
    this.maxima = new float[window.channels()];
    this.values = new float[window.channels()];
    this.slopes = new float[window.channels()];
  }

  @Override
  void compute(int rows) {
    inStart = in.start(rows);
    outStart = out.start(rows);
    gradientStart = gradient.start(rows);
    inGradientStart = inGradient.start(rows);
    Arrays.fill(inGradient.values(), inGradientStart, inGradientStart + inGradient.length(rows), 0);
    walk(rows);
  }

  @Override
  void begin(int position) {
    int channels = remaining.length;
    System.arraycopy(
        gradient.values(), gradientStart + position * channels, remaining, 0, channels);
    System.arraycopy(out.values(), outStart + position * channels, maxima, 0, channels);
  }

  @Override
  void visit(int position, int place, int value) {
    int channels = remaining.length;
    System.arraycopy(in.values(), inStart + place * channels, values, 0, channels);
    int to = inGradientStart + place * channels;
    System.arraycopy(inGradient.values(), to, slopes, 0, channels);
    addShares();
    System.arraycopy(slopes, 0, inGradient.values(), to, channels);
  }

  private void addShares() {
    float[] x = values;
    float[] maximum = maxima;
    float[] dx = slopes;
    float[] left = remaining;
    for (int i = 0; i < left.length; i++) {
      float isBelow = Math.min(1, (maximum[i] - x[i]) * STEEP);
      float share = left[i] * (1 - isBelow);
      dx[i] += share;
      left[i] -= share; // the first place that has the maximum takes all
    }
  }
}
