package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import org.jspecify.annotations.Nullable;

/** A convolution of each channel by itself. */
final class Depthwise extends WindowWalk {
  private final HostMatrix in;
  private final HostBuffer kernel;
  private final HostMatrix out;
  private final Repetition bias;
  private final int channels;
  private final int multiplier;
  private int inStart;
  private int outStart;

  Depthwise(
      HostMatrix in, Window window, HostBuffer kernel, @Nullable HostBuffer bias, HostMatrix out) {
    super(window, out.buffer());
    this.in = in;
    this.kernel = kernel;
    this.out = out;
    this.bias = new Repetition(bias, out);
    this.channels = window.channels();
    this.multiplier = out.columns() / channels;
  }

  @Override
  void compute(int rows) {
    inStart = in.start(rows);
    outStart = out.start(rows);
    bias.compute(rows);
    walk(rows);
  }

  @Override
  void visit(int position, int place, int value) {
    float[] x = in.values();
    float[] w = kernel.values;
    float[] y = out.values();
    int xStart = inStart + place * channels;
    int wStart = kernel.offset + value * out.columns();
    int yStart = outStart + position * out.columns();
    if (multiplier == 1) {
      for (int i = 0; i < channels; i++) {
        y[yStart + i] += x[xStart + i] * w[wStart + i];
      }
    } else {
      for (int i = 0; i < channels; i++) {
        int j = i * multiplier;
        Loops.addScaled(x[xStart + i], w, wStart + j, y, yStart + j, multiplier);
      }
    }
  }
}
