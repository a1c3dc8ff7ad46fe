package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;

/**
 * Passes the gradient of a maximum to the first place that holds it, one row of positions at a
 * time.
 */
public final class MaxPoolingGradient extends SharedCall {
  /** Turns any distance from the maximum into one without a branch. */
  private static final float STEEP = 1e30f;

  private final HostMatrix in;
  private final HostMatrix out;
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final WindowAxis height;
  private final WindowAxis width;
  private final WindowLines lines;
  private final boolean isDisjoint;
  private final float[][] remaining;
  private final float[][] maxima;
  private final float[][] values;
  private final float[][] shares;

  public MaxPoolingGradient(
      Team team,
      HostMatrix in,
      Window window,
      HostMatrix out,
      HostMatrix gradient,
      HostMatrix inGradient) {
    super(team, inGradient.buffer());
    this.in = in;
    this.out = out;
    this.gradient = gradient;
    this.inGradient = inGradient;
    this.height = window.height();
    this.width = window.width();
    this.lines = new WindowLines(window);
    this.isDisjoint =
        height.stride() >= height.size() * height.dilation()
            && width.stride() >= width.size() * width.dilation();
    this.remaining = team.arrays(lines.length());
    this.maxima = team.arrays(lines.length());
    this.values = team.arrays(lines.length());
    this.shares = team.arrays(lines.length());
  }

  @Override
  protected int count(int rows) {
    return rows;
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * in.length(rows);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    int imageLength = height.input() * lines.rowLength();
    for (int image = first; image < end; image++) {
      int start = inGradient.start(rows) + image * imageLength;
      Arrays.fill(inGradient.values(), start, start + imageLength, 0);
      for (int y = 0; y < height.output(); y++) {
        computeRow(rows, part, image, y);
      }
    }
  }

  private void computeRow(int rows, int part, int image, int y) {
    int length = lines.length();
    int from = (image * height.output() + y) * length;
    System.arraycopy(gradient.values(), gradient.start(rows) + from, remaining[part], 0, length);
    System.arraycopy(out.values(), out.start(rows) + from, maxima[part], 0, length);
    for (int i = 0; i < height.size(); i++) {
      int placeY = height.place(y, i);
      int row = (image * height.input() + placeY) * lines.rowLength();
      for (int j = 0; height.contains(placeY) && j < width.size(); j++) {
        addShares(part, in.start(rows) + row, inGradient.start(rows) + row, j);
      }
    }
  }

  private void addShares(int part, int inRow, int inGradientRow, int value) {
    float[] share = shares[part];
    lines.gather(in.values(), inRow, value, values[part], Float.NEGATIVE_INFINITY);
    takeShares(remaining[part], maxima[part], values[part], share, lines.length());
    if (!isDisjoint) {
      lines.gather(inGradient.values(), inGradientRow, value, values[part], 0);
      Loops.add(values[part], 0, share, 0, lines.length());
    }
    lines.scatter(share, value, inGradient.values(), inGradientRow);
  }

  private static void takeShares(
      float[] left, float[] maximum, float[] x, float[] share, int length) {
    for (int i = 0; i < length; i++) {
      float isBelow = Math.min(1, (maximum[i] - x[i]) * STEEP);
      float taken = left[i] * (1 - isBelow);
      share[i] = taken;
      left[i] -= taken; // the first place that holds the maximum takes all
    }
  }
}
