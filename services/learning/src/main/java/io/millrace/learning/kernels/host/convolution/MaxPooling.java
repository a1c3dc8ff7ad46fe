package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;

/** The maximum of each channel under a window, one row of positions at a time. */
public final class MaxPooling extends SharedCall {
  private final HostMatrix in;
  private final HostMatrix out;
  private final WindowAxis height;
  private final WindowAxis width;
  private final WindowLines lines;
  private final float[][] values;
  private final float[][] maxima;

  public MaxPooling(Team team, HostMatrix in, Window window, HostMatrix out) {
    super(team, out.buffer());
    this.in = in;
    this.out = out;
    this.height = window.height();
    this.width = window.width();
    this.lines = new WindowLines(window);
    this.values = team.arrays(lines.length());
    this.maxima = team.arrays(lines.length());
  }

  @Override
  protected int count(int rows) {
    return rows * height.output();
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * in.length(rows);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    float[] maximum = maxima[part];
    int length = lines.length();
    for (int row = first; row < end; row++) {
      Arrays.fill(maximum, 0, length, Float.NEGATIVE_INFINITY);
      int image = in.start(rows) + row / height.output() * height.input() * lines.rowLength();
      for (int i = 0; i < height.size(); i++) {
        int y = height.place(row % height.output(), i);
        if (height.contains(y)) {
          raise(maximum, values[part], image + y * lines.rowLength());
        }
      }
      System.arraycopy(maximum, 0, out.values(), out.start(rows) + row * length, length);
    }
  }

  private void raise(float[] maximum, float[] x, int rowStart) {
    int length = lines.length();
    for (int j = 0; j < width.size(); j++) {
      lines.gather(in.values(), rowStart, j, x, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < length; i++) {
        maximum[i] = Math.max(maximum[i], x[i]);
      }
    }
  }
}
