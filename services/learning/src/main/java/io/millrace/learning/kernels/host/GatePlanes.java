package io.millrace.learning.kernels.host;

/**
 * Room for the gates of a recurrent cell as one array each, so that loops over them vectorize;
 * shared by all cells of one thread.
 */
final class GatePlanes {
  private final float[][] planes;

  GatePlanes(int count) {
    planes = new float[count][0];
  }

  /** Returns a plane, of {@code length} values or more. */
  float[] plane(int index, int length) {
    if (planes[index].length < length) {
      planes[index] = new float[length];
    }
    return planes[index];
  }

  /** Copies the gates of {@code [n, gates, units]} to planes. */
  void split(HostMatrix matrix, int gates, int rows) {
    int units = matrix.columns() / gates;
    for (int gate = 0; gate < gates; gate++) {
      float[] plane = plane(gate, units * rows);
      int from = matrix.start(rows) + gate * units;
      for (int to = 0; to < units * rows; to += units) {
        System.arraycopy(matrix.values(), from, plane, to, units);
        from += matrix.columns();
      }
    }
  }

  /** Copies planes to the gates of {@code [n, gates, units]}. */
  void join(HostMatrix matrix, int gates, int rows) {
    int units = matrix.columns() / gates;
    for (int gate = 0; gate < gates; gate++) {
      float[] plane = planes[gate];
      int to = matrix.start(rows) + gate * units;
      for (int from = 0; from < units * rows; from += units) {
        System.arraycopy(plane, from, matrix.values(), to, units);
        to += matrix.columns();
      }
    }
  }

  /** Copies all of a matrix to a plane, which is returned. */
  float[] load(int index, HostMatrix matrix, int rows) {
    int length = matrix.length(rows);
    float[] plane = plane(index, length);
    System.arraycopy(matrix.values(), matrix.start(rows), plane, 0, length);
    return plane;
  }

  /** Copies a part of a matrix that was stored in planes to a plane, which is returned. */
  float[] loadPart(int index, HostMatrix matrix, int part, int length, int rows) {
    float[] plane = plane(index, length);
    System.arraycopy(matrix.values(), matrix.start(rows) + part * length, plane, 0, length);
    return plane;
  }

  /** Copies a plane to a part of a matrix. */
  void storePart(int index, HostMatrix matrix, int part, int length, int rows) {
    System.arraycopy(planes[index], 0, matrix.values(), matrix.start(rows) + part * length, length);
  }
}
