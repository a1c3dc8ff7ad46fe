package io.millrace.learning.features;

import java.util.Optional;

/**
 * Multiplies every number by one factor and adds one shift. No number may be missing, and nothing
 * is learned.
 */
final class Affine extends Transformation {
  private final Layout layout;
  private final int width;
  private final float scale;
  private final float shift;

  Affine(Layout layout, int width, float scale, float shift) {
    this.layout = layout;
    this.width = width;
    this.scale = scale;
    this.shift = shift;
  }

  /** Passes numbers on unchanged. */
  static Affine identity(Layout layout, int width) {
    return new Affine(layout, width, 1, 0);
  }

  @Override
  Optional<LinearScaling> linear() {
    return Optional.of(LinearScaling.alike(width, 0 - (double) shift / scale, 1.0 / scale));
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = layout.raw(row);
      int to = layout.at(row);
      for (int i = 0; i < width; i++) {
        target[to + i] = raw[from + i] * scale + shift;
      }
    }
  }
}
