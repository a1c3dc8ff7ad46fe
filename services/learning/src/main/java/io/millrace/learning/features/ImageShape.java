package io.millrace.learning.features;

/** The shape of an image whose numbers stand row by row, the channels of a pixel together. */
public record ImageShape(int height, int width, int channels) {

  /** Returns how many numbers there are. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /** Returns where a pixel's first number stands. */
  public int offset(int y, int x) {
    return (y * width + x) * channels;
  }
}
