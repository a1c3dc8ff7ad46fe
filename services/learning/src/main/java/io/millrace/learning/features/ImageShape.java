package io.millrace.learning.features;

/**
 * The shape of an image whose numbers are stored row by row, with the channels of a pixel together.
 */
public record ImageShape(int height, int width, int channels) {

  /** Returns how many numbers the image has. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /** Returns the offset of a pixel's first number. */
  public int offset(int y, int x) {
    return (y * width + x) * channels;
  }
}
