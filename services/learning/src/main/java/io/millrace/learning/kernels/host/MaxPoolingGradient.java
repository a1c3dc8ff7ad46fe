package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import java.util.Arrays;

/** Hands the gradient of a maximum to the first place that has it. */
final class MaxPoolingGradient extends WindowWalk {
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
    int channels = remaining.length;
    int x = inStart + place * channels;
    int y = outStart + position * channels;
    int to = inGradientStart + place * channels;
    for (int i = 0; i < channels; i++) {
      if (in.values()[x + i] == out.values()[y + i]) {
        inGradient.values()[to + i] += remaining[i];
        remaining[i] = 0; // the first place that has the maximum takes all
      }
    }
  }
}
