package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes zeros for missing values, and applies another transformation to the others. If configured,
 * an extra number is 1 where the value is missing.
 *
 * <p>The other transformation learns one row at a time, because it must not see missing values.
 */
final class OrZeros extends Transformation {
  private final Layout layout;
  private final Transformation present;
  private final int width;
  private final boolean indicates;
  private final float[] rawRow;
  private final float[] row;

  /**
   * @param present transforms a row of its own
   * @param width the numbers that it writes
   */
  OrZeros(Layout layout, Transformation present, int rawWidth, int width, boolean indicates) {
    this.layout = layout;
    this.present = present;
    this.width = width;
    this.indicates = indicates;
    this.rawRow = new float[rawWidth];
    this.row = new float[width];
  }

  @Override
  void learn(float[] raw, int rows) {
    for (int i = 0; i < rows; i++) {
      if (!RawForm.isMissing(raw, layout.raw(i))) {
        System.arraycopy(raw, layout.raw(i), rawRow, 0, rawRow.length);
        present.learn(rawRow, 1);
      }
    }
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int i = 0; i < rows; i++) {
      boolean missing = RawForm.isMissing(raw, layout.raw(i));
      if (missing) {
        Arrays.fill(row, 0);
      } else {
        System.arraycopy(raw, layout.raw(i), rawRow, 0, rawRow.length);
        present.apply(rawRow, row, 1);
      }
      System.arraycopy(row, 0, target, layout.at(i), width);
      if (indicates) {
        target[layout.at(i) + width] = missing ? 1 : 0;
      }
    }
  }

  @Override
  Optional<LinearScaling> scaling() {
    return present.scaling();
  }

  @Override
  void copyFrom(Transformation other) {
    present.copyFrom(((OrZeros) other).present);
  }

  @Override
  void save(State state) {
    present.save(state);
  }

  @Override
  void restore(State state) {
    present.restore(state);
  }
}
