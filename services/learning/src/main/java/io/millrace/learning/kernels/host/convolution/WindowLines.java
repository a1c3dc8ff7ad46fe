package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import java.util.Arrays;

/**
 * Copies between images and lines. A line holds, for all positions in a row, the place that one of
 * the window's values covers; // [positions in a row, channels]. Lines are long enough for
 * vectorized loops.
 */
final class WindowLines {
  private final WindowAxis width;
  private final int channels;

  WindowLines(Window window) {
    this.width = window.width();
    this.channels = window.channels();
  }

  /** Returns the number of values of a line. */
  int length() {
    return width.output() * channels;
  }

  /** Returns the number of values of a row of the image. */
  int rowLength() {
    return width.input() * channels;
  }

  /** Copies a line from a row of an image; places outside the row get {@code padding}. */
  void gather(float[] image, int rowStart, int value, float[] line, float padding) {
    for (int x = 0; x < width.output(); x++) {
      int place = width.place(x, value);
      int to = x * channels;
      if (width.contains(place)) {
        System.arraycopy(image, rowStart + place * channels, line, to, channels);
      } else {
        Arrays.fill(line, to, to + channels, padding);
      }
    }
  }

  /** Copies a line to a row of an image, except for places outside the row. */
  void scatter(float[] line, int value, float[] image, int rowStart) {
    for (int x = 0; x < width.output(); x++) {
      int place = width.place(x, value);
      if (width.contains(place)) {
        System.arraycopy(line, x * channels, image, rowStart + place * channels, channels);
      }
    }
  }
}
