package io.millrace.learning.kernels.host;

/** Loops over ranges of arrays that the just-in-time compiler vectorizes. */
final class Loops {
  private Loops() {}

  /** Computes {@code y += scale * x} for {@code length} values. */
  static void addScaled(float scale, float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] += scale * x[xStart + i];
    }
  }

  /** Computes {@code y += x} for {@code length} values. */
  static void add(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] += x[xStart + i];
    }
  }

  /** Returns the inner product of {@code length} values. */
  static float dot(float[] x, int xStart, float[] y, int yStart, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += x[xStart + i] * y[yStart + i];
    }
    return sum;
  }

  /** Computes {@code x *= factor} for {@code length} values. */
  static void scale(float[] x, int xStart, float factor, int length) {
    for (int i = 0; i < length; i++) {
      x[xStart + i] *= factor;
    }
  }
}
