package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import java.util.Arrays;

/**
 * The maximum of each channel under a window.
 *
 * <p>Channels are copied to arrays of their own, so that the loop over them vectorizes.
 */
final class MaxPooling extends WindowWalk {
  private final HostMatrix in;
  private final HostMatrix out;
  private final float[] values;
  private final float[] maxima;
  private int inStart;
  private int outStart;

  MaxPooling(HostMatrix in, Window window, HostMatrix out) {
    super(window, out.buffer());
    this.in = in;
    this.out = out;
    this.values = new float[window.channels()];
    this.maxima = new float[window.channels()];
  }

  @Override
  void compute(int rows) {
    inStart = in.start(rows);
    outStart = out.start(rows);
    walk(rows);
  }

  @Override
  void begin(int position) {
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
  }

  @Override
  void visit(int position, int place, int value) {
    float[] x = values;
    float[] maximum = maxima;
    System.arraycopy(in.values(), inStart + place * x.length, x, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      maximum[i] = Math.max(maximum[i], x[i]);
    }
  }

  @Override
  void end(int position) {
    System.arraycopy(maxima, 0, out.values(), outStart + position * maxima.length, maxima.length);
  }
}
