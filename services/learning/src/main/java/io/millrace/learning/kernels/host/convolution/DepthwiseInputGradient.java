package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import java.util.Arrays;

/** The gradient of a depthwise convolution's input. */
public final class DepthwiseInputGradient extends WindowWalk {
  private final HostMatrix gradient;
  private final HostBuffer kernel;
  private final HostMatrix inGradient;
  private final int channels;
  private final int multiplier;
  private int gradientStart;
  private int inGradientStart;

  public DepthwiseInputGradient(
      HostMatrix gradient, Window window, HostBuffer kernel, HostMatrix inGradient) {
    super(window, inGradient.buffer());
    this.gradient = gradient;
    this.kernel = kernel;
    this.inGradient = inGradient;
    this.channels = window.channels();
    this.multiplier = gradient.columns() / channels;
  }

  @Override
  protected void compute(int rows) {
    gradientStart = gradient.start(rows);
    inGradientStart = inGradient.start(rows);
    Arrays.fill(inGradient.values(), inGradientStart, inGradientStart + inGradient.length(rows), 0);
    walk(rows);
  }

  @Override
  void visit(int position, int place, int value) {
    float[] g = gradient.values();
    float[] w = kernel.values;
    float[] x = inGradient.values();
    int gStart = gradientStart + position * gradient.columns();
    int wStart = kernel.offset + value * gradient.columns();
    int xStart = inGradientStart + place * channels;
    if (multiplier == 1) {
      for (int i = 0; i < channels; i++) {
        x[xStart + i] += g[gStart + i] * w[wStart + i];
      }
    } else {
      for (int i = 0; i < channels; i++) {
        int j = i * multiplier;
        x[xStart + i] += Loops.dot(g, gStart + j, w, wStart + j, multiplier);
      }
    }
  }
}
