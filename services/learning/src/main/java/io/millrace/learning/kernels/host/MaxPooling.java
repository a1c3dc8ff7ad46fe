package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import java.util.Arrays;

/** The maximum of each channel under a window. */
final class MaxPooling extends WindowWalk {
  private final HostMatrix in;
  private final HostMatrix out;
  private final int channels;
  private int inStart;
  private int outStart;

  MaxPooling(HostMatrix in, Window window, HostMatrix out) {
    super(window, out.buffer());
    this.in = in;
    this.out = out;
    this.channels = window.channels();
  }

  @Override
  void compute(int rows) {
    inStart = in.start(rows);
    outStart = out.start(rows);
    Arrays.fill(out.values(), outStart, outStart + out.length(rows), Float.NEGATIVE_INFINITY);
    walk(rows);
  }

  @Override
  void visit(int position, int place, int value) {
    float[] values = in.values();
    float[] maxima = out.values();
    int from = inStart + place * channels;
    int to = outStart + position * channels;
    for (int i = 0; i < channels; i++) {
      maxima[to + i] = Math.max(maxima[to + i], values[from + i]);
    }
  }
}
