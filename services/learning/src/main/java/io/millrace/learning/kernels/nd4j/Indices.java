package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Matrix;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Converts indices from floats to the integers that ND4J needs.
 *
 * <p>They are converted and checked on the host, where they come from, because ND4J reads beyond
 * the end of a table without an error.
 */
final class Indices implements Operation {
  private final DeviceBuffer source;
  private final int start;
  private final int size;
  private final float[] values;
  private final int[] indices;
  private final INDArray array;

  /**
   * @param matrix {@code [n, 1]}
   * @param size rows of the table
   */
  Indices(Matrix matrix, int rows, int size) {
    int length = matrix.rowsPerExample() * rows;
    this.source = DeviceBuffer.device(matrix.buffer());
    this.start = matrix.firstRow() * rows;
    this.size = size;
    this.values = new float[length];
    this.indices = new int[length];
    this.array = Nd4j.zeros(DataType.INT32, length);
  }

  /** Returns the indices after a run; // [n]. */
  INDArray array() {
    return array;
  }

  @Override
  public void run() {
    source.read(start, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      indices[i] = checked(values[i]);
    }
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    ((IntPointer) array.data().pointer()).put(indices, 0, indices.length);
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  private int checked(float value) {
    int index = (int) value;
    if (index != value || index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "an index of an embedding is " + value + "; allowed: a whole number below " + size);
    }
    return index;
  }
}
