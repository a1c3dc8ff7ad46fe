package io.millrace.client;

import java.util.Arrays;

/** The numbers of one output of a model for the rows of a request. Immutable. */
public final class Output {
  private final float[] values; // [rows, width]
  private final int rows;
  private final int width;

  /** Copies the values of {@code rows} rows, one after the other. */
  public Output(float[] values, int rows) {
    this.values = values.clone();
    this.rows = rows;
    this.width = values.length / rows;
  }

  public int rows() {
    return rows;
  }

  /** Returns a copy of one row. */
  public float[] row(int index) {
    return Arrays.copyOfRange(values, index * width, (index + 1) * width);
  }

  /**
   * Returns the probability of every class for a row. A single unit is that of the second class.
   */
  public float[] probabilities(int index) {
    float[] row = row(index);
    return row.length == 1 ? new float[] {1 - row[0], row[0]} : row;
  }

  /** Returns the index of the likeliest class of a row. */
  public int likeliest(int index) {
    float[] probabilities = probabilities(index);
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }
}
