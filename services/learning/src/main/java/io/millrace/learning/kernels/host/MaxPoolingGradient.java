package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import java.util.Arrays;

/** Hands the gradient of a maximum to the first place that has it. */
final class MaxPoolingGradient extends WindowWalk {
  /** Makes any distance from the maximum count as one, without a branch. */
  private static final float STEEP = 1e30f;

  private final HostMatrix in;
  private final HostMatrix out;
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final float[] remaining;
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
    int from = gradientStart + position * remaining.length;
    System.arraycopy(gradient.values(), from, remaining, 0, remaining.length);
  }

  @Override
  void visit(int position, int place, int value) {
    float[] x = in.values();
    float[] maximum = out.values();
    float[] dx = inGradient.values();
    float[] left = remaining;
    int xStart = inStart + place * left.length;
    int maximumStart = outStart + position * left.length;
    int dxStart = inGradientStart + place * left.length;
    for (int i = 0; i < left.length; i++) {
      float isBelow = Math.min(1, (maximum[maximumStart + i] - x[xStart + i]) * STEEP);
      float share = left[i] * (1 - isBelow);
      dx[dxStart + i] += share;
      left[i] -= share; // the first place that has the maximum takes all
    }
  }
}
