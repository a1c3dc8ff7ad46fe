package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import java.util.Arrays;

/** The mean of each channel under a window. */
public final class AveragePooling extends WindowWalk {
  private final HostMatrix in;
  private final HostMatrix out;
  private final int channels;
  private int inStart;
  private int outStart;
  private int places;

  public AveragePooling(HostMatrix in, Window window, HostMatrix out) {
    super(window, out.buffer());
    this.in = in;
    this.out = out;
    this.channels = window.channels();
  }

  @Override
  protected void compute(int rows) {
    inStart = in.start(rows);
    outStart = out.start(rows);
    Arrays.fill(out.values(), outStart, outStart + out.length(rows), 0);
    walk(rows);
  }

  @Override
  void begin(int position) {
    places = 0;
  }

  @Override
  void visit(int position, int place, int value) {
    places++;
    Loops.add(
        in.values(),
        inStart + place * channels,
        out.values(),
        outStart + position * channels,
        channels);
  }

  @Override
  void end(int position) {
    Loops.scale(out.values(), outStart + position * channels, 1f / places, channels);
  }
}
