package io.millrace.learning.kernels;

/**
 * How a window slides along one axis.
 *
 * @param input places of the axis
 * @param size places that the window takes values from
 * @param stride places from one position of the window to the next
 * @param dilation places from one value within the window to the next
 * @param padding places before the first one at which the window begins
 * @param output positions of the window
 */
public record WindowAxis(int input, int size, int stride, int dilation, int padding, int output) {

  /** A window of size one on an axis of length one. */
  public static final WindowAxis NONE = new WindowAxis(1, 1, 1, 1, 0, 1);

  /** Returns the place of the window's value at a position; padding is outside the axis. */
  public int place(int position, int value) {
    return position * stride - padding + value * dilation;
  }

  /** Returns whether a place is on the axis. */
  public boolean contains(int place) {
    return place >= 0 && place < input;
  }

  /** Returns how many of the window's values are on the axis at a position. */
  public int covered(int position) {
    int places = 0;
    for (int value = 0; value < size; value++) {
      places += contains(place(position, value)) ? 1 : 0;
    }
    return places;
  }
}
