package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import java.util.Arrays;

/** Spreads the gradient of a mean over the places under the window. */
public final class AveragePoolingGradient extends WindowWalk {
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final int channels;
  private final float[] shares;
  private int gradientStart;
  private int inGradientStart;

  public AveragePoolingGradient(HostMatrix gradient, Window window, HostMatrix inGradient) {
    super(window, inGradient.buffer());
    this.gradient = gradient;
    this.inGradient = inGradient;
    this.channels = window.channels();
    this.shares = new float[window.positions()];
    for (int position = 0; position < shares.length; position++) {
      shares[position] = 1f / window.covered(position);
    }
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
    Loops.addScaled(
        shares[position % shares.length],
        gradient.values(),
        gradientStart + position * channels,
        inGradient.values(),
        inGradientStart + place * channels,
        channels);
  }
}
