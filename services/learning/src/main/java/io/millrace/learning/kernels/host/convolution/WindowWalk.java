package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;

/**
 * Visits every place under every position of a window in every image of a batch.
 *
 * <p>Places outside the image are skipped, so padding does not count.
 */
abstract class WindowWalk extends HostCall {
  private final Window window;

  WindowWalk(Window window, HostBuffer... written) {
    super(written);
    this.window = window;
  }

  /** Walks through {@code rows} images. */
  final void walk(int rows) {
    int position = 0;
    for (int image = 0; image < rows; image++) {
      for (int y = 0; y < window.height().output(); y++) {
        for (int x = 0; x < window.width().output(); x++) {
          walkPosition(image * window.places(), position++, y, x);
        }
      }
    }
  }

  private void walkPosition(int firstPlace, int position, int y, int x) {
    WindowAxis height = window.height();
    WindowAxis width = window.width();
    begin(position);
    for (int i = 0; i < height.size(); i++) {
      int placeY = height.place(y, i);
      for (int j = 0; height.contains(placeY) && j < width.size(); j++) {
        int placeX = width.place(x, j);
        if (width.contains(placeX)) {
          visit(position, firstPlace + placeY * width.input() + placeX, i * width.size() + j);
        }
      }
    }
    end(position);
  }

  /** Begins a position; positions are counted over the batch. */
  void begin(int position) {}

  /**
   * Visits a place.
   *
   * @param place counted over the batch
   * @param value the index of the window's value at that place
   */
  abstract void visit(int position, int place, int value);

  /** Ends a position. */
  void end(int position) {}
}
