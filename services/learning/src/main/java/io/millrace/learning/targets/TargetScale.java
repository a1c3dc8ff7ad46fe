package io.millrace.learning.targets;

import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.features.RowMoments;
import io.millrace.learning.state.State;
import java.util.stream.IntStream;

/**
 * The scale on which a network learns the targets of one output, each number on its own: shifted to
 * mean 0 and scaled to variance 1, of the targets that were trained on, or of their logarithms.
 *
 * <p>The statistics begin to forget after {@value #MEMORY} rows. They are a part of what the
 * network computes, and while they move, its predictions move with them. Over that many rows the
 * mean of a steady stream moves by less than a hundredth of the standard deviation.
 *
 * <p>A prediction on the scale of logarithms is put back by the exponential of the predicted mean,
 * which is nearer to the median of the targets than to their mean.
 *
 * <p>All arrays are {@code [rows, width]}, row-major. Nothing here allocates but the constructor.
 * Owned by one thread.
 */
public final class TargetScale {
  static final int MEMORY = 10_000;

  /**
   * How many standard deviations from the mean a target counts for, at most: the root of the
   * memory. So one wrong label no more than doubles the variance, nor does the network learn it.
   */
  private static final double MOST = 100;

  private final boolean logarithmic;
  private final int width;
  private final RowMoments moments;
  private final double[] exact; // one row

  /**
   * @param scaling standard or log
   * @param width numbers of a row
   */
  public TargetScale(TargetScaling scaling, int width) {
    this.logarithmic = scaling == TargetScaling.LOG;
    this.width = width;
    moments = new RowMoments(width, MEMORY);
    exact = new double[width];
  }

  /**
   * Learns the statistics of the first rows.
   *
   * @param weights one per row; a row of weight 0 may have any targets, and counts for nothing
   */
  public void learn(float[] targets, float[] weights, int rows) {
    for (int row = 0; row < rows; row++) {
      if (weights[row] != 0) {
        learn(targets, row * width);
      }
    }
    moments.refresh();
  }

  /** Writes the targets that the network learns, none beyond {@value #MOST}. */
  public void scale(float[] targets, float[] scaled, int rows) {
    for (int i = 0; i < width; i++) {
      double mean = moments.mean(i);
      double scale = moments.scale(i);
      for (int at = i; at < rows * width; at += width) {
        double value = (shaped(targets[at]) - mean) * scale;
        scaled[at] = (float) Math.max(-MOST, Math.min(MOST, value));
      }
    }
  }

  /** Writes what the network's outputs are in the units of the targets. */
  public void unscale(float[] outputs, float[] predictions, int rows) {
    for (int i = 0; i < width; i++) {
      double mean = moments.mean(i);
      double deviation = deviation(i);
      for (int at = i; at < rows * width; at += width) {
        double shaped = mean + outputs[at] * deviation;
        predictions[at] = (float) (logarithmic ? Math.expm1(shaped) : shaped);
      }
    }
  }

  /** Returns the means and deviations of the targets, or of their logarithms. */
  public LinearScaling linear() {
    return new LinearScaling(
        IntStream.range(0, width).mapToObj(moments::mean).toList(),
        IntStream.range(0, width).mapToObj(this::deviation).toList());
  }

  public void copyFrom(TargetScale other) {
    moments.copyFrom(other.moments);
  }

  public void save(State state) {
    moments.save(state);
  }

  public void restore(State state) {
    moments.restore(state);
  }

  private void learn(float[] targets, int start) {
    for (int i = 0; i < width; i++) {
      exact[i] = bounded(i, shaped(targets[start + i]));
    }
    moments.learn(exact);
  }

  /** Returns the number itself while all were the same: nobody knows yet how far they spread. */
  private double bounded(int number, double shaped) {
    double most = MOST * deviation(number);
    double mean = moments.mean(number);
    return most == 0 ? shaped : Math.max(mean - most, Math.min(mean + most, shaped));
  }

  private double shaped(float target) {
    return logarithmic ? Math.log1p(target) : target;
  }

  /** Returns 0 while all targets were the same: the prediction is then that target. */
  private double deviation(int number) {
    double scale = moments.scale(number);
    return scale == 0 ? 0 : 1 / scale;
  }
}
