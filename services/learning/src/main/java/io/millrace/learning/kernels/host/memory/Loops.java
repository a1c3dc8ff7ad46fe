package io.millrace.learning.kernels.host.memory;

/**
 * Loops over ranges of arrays.
 *
 * <p>The just-in-time compiler of JDK 17 vectorizes a loop only if all arrays have the same index.
 * Each loop therefore has one form for ranges that begin at the same index, as large ones do, and
 * one for all others.
 */
public final class Loops {
  private Loops() {}

  /** Computes {@code y += scale * x} for {@code length} values. */
  public static void addScaled(
      float scale, float[] x, int xStart, float[] y, int yStart, int length) {
    if (xStart == yStart) {
      for (int i = xStart; i < xStart + length; i++) {
        y[i] += scale * x[i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        y[yStart + i] += scale * x[xStart + i];
      }
    }
  }

  /** Computes {@code y += x} for {@code length} values. */
  public static void add(float[] x, int xStart, float[] y, int yStart, int length) {
    if (xStart == yStart) {
      for (int i = xStart; i < xStart + length; i++) {
        y[i] += x[i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        y[yStart + i] += x[xStart + i];
      }
    }
  }

  /** Computes {@code y *= x} for {@code length} values. */
  public static void multiply(float[] x, int xStart, float[] y, int yStart, int length) {
    if (xStart == yStart) {
      for (int i = xStart; i < xStart + length; i++) {
        y[i] *= x[i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        y[yStart + i] *= x[xStart + i];
      }
    }
  }

  /** Computes {@code x *= factor} for {@code length} values. */
  public static void scale(float[] x, int start, float factor, int length) {
    for (int i = start; i < start + length; i++) {
      x[i] *= factor;
    }
  }

  /** Returns the inner product of {@code length} values. */
  public static float dot(float[] x, int xStart, float[] y, int yStart, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += x[xStart + i] * y[yStart + i];
    }
    return sum;
  }
}
