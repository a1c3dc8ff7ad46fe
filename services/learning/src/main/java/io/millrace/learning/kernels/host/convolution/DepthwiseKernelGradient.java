package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import java.util.Arrays;

/** The gradient of a depthwise convolution's kernel. */
public final class DepthwiseKernelGradient extends WindowWalk {
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final HostBuffer kernelGradient;
  private final int channels;
  private final int multiplier;
  private int inStart;
  private int gradientStart;

  public DepthwiseKernelGradient(
      HostMatrix in, Window window, HostMatrix gradient, HostBuffer kernelGradient) {
    super(window, kernelGradient);
    this.in = in;
    this.gradient = gradient;
    this.kernelGradient = kernelGradient;
    this.channels = window.channels();
    this.multiplier = gradient.columns() / channels;
  }

  @Override
  protected void compute(int rows) {
    inStart = in.start(rows);
    gradientStart = gradient.start(rows);
    int start = kernelGradient.offset;
    Arrays.fill(kernelGradient.values, start, start + kernelGradient.length(), 0);
    walk(rows);
  }

  @Override
  void visit(int position, int place, int value) {
    float[] x = in.values();
    float[] g = gradient.values();
    float[] w = kernelGradient.values;
    int xStart = inStart + place * channels;
    int gStart = gradientStart + position * gradient.columns();
    int wStart = kernelGradient.offset + value * gradient.columns();
    if (multiplier == 1) {
      for (int i = 0; i < channels; i++) {
        w[wStart + i] += x[xStart + i] * g[gStart + i];
      }
    } else {
      for (int i = 0; i < channels; i++) {
        int j = i * multiplier;
        Loops.addScaled(x[xStart + i], g, gStart + j, w, wStart + j, multiplier);
      }
    }
  }
}
