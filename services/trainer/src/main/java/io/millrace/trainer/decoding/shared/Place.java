package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ExampleBatch;

/**
 * The place of values in a row.
 *
 * @param target whether they belong to the target of an output, else to an input
 * @param index the output or input, in the order of the model's definition
 * @param width how many numbers the input or target has
 * @param column the index of the first of these numbers
 */
public record Place(boolean target, int index, int width, int column) {

  /** Returns the numbers of all rows. */
  float[] cells(ExampleBatch rows) {
    return target ? rows.target(index) : rows.input(index);
  }

  /** Returns the index in {@link #cells} of the next row's first number of this place. */
  int start(ExampleBatch rows) {
    return rows.size() * width + column;
  }

  /** Writes a number. Returns whether it is finite in single precision. */
  boolean write(ExampleBatch rows, int further, double value) {
    float single = (float) value;
    cells(rows)[start(rows) + further] = single;
    return Float.isFinite(single);
  }

  /** Writes a class: its index, or a one-hot vector if the target has one number per class. */
  public void writeClass(ExampleBatch rows, int classIndex) {
    for (int i = 0; i < width; i++) {
      write(rows, i, i == classIndex ? 1 : 0);
    }
    if (width == 1) {
      write(rows, 0, classIndex);
    }
  }
}
