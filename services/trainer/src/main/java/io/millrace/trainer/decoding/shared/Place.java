package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ExampleBatch;

/**
 * Where in a row values go.
 *
 * @param target whether into the target of an output, else into an input
 * @param index the input or output, in the order of the model's definition
 * @param width how many numbers the input or target has
 * @param column the first of them that is meant
 */
public record Place(boolean target, int index, int width, int column) {

  /** Returns the numbers of all rows. */
  float[] cells(ExampleBatch rows) {
    return target ? rows.target(index) : rows.input(index);
  }

  /** Returns where in {@link #cells} the next row has its first number that is meant. */
  int start(ExampleBatch rows) {
    return rows.size() * width + column;
  }

  /** Writes a number; returns whether it is finite in single precision. */
  boolean write(ExampleBatch rows, int further, double value) {
    float single = (float) value;
    cells(rows)[start(rows) + further] = single;
    return Float.isFinite(single);
  }

  /** Writes a class: its index, or where the target has a number a class, a one at its index. */
  public void writeClass(ExampleBatch rows, int classIndex) {
    for (int i = 0; i < width; i++) {
      write(rows, i, i == classIndex ? 1 : 0);
    }
    if (width == 1) {
      write(rows, 0, classIndex);
    }
  }
}
