package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.elementwise.Repetition;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import org.jspecify.annotations.Nullable;

/** A convolution of each channel on its own. */
public final class Depthwise extends WindowWalk {
  private final HostMatrix in;
  private final HostBuffer kernel;
  private final HostMatrix out;
  private final Repetition bias;
  private final int channels;
  private final int multiplier;
  private int inStart;
  private int outStart;

  public Depthwise(
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
  protected void compute(int rows) {
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
