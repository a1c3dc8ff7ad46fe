package io.millrace.learning.kernels;

/**
 * A window that slides over an image of channels; a sequence is an image of height one.
 *
 * <p>The layout of images is {@code [height, width, channels]}, that of patches {@code [height of
 * the window, width of the window, channels]}.
 */
public record Window(WindowAxis height, WindowAxis width, int channels) {

  /** Returns the number of positions of the window. */
  public int positions() {
    return height.output() * width.output();
  }

  /** Returns the number of places of the image. */
  public int places() {
    return height.input() * width.input();
  }

  /** Returns the number of places that the window covers. */
  public int size() {
    return height.size() * width.size();
  }

  /** Returns the number of values in the window. */
  public int patchLength() {
    return size() * channels;
  }

  /** Returns how many places of the image the window covers at a position, padding excluded. */
  public int covered(int position) {
    return height.covered(position / width.output()) * width.covered(position % width.output());
  }
}
