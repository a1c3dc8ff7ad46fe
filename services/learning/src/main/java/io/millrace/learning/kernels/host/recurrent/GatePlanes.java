package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;

/**
 * Scratch memory for the gates of a recurrent cell, one array (plane) each, so that loops over them
 * vectorize. All cells of one thread share it. The methods work on the examples [first, end) of a
 * batch.
 */
public final class GatePlanes {
  private final float[][] planes;

  public GatePlanes(int count) {
    planes = new float[count][0];
  }

  /** Returns planes for each thread of a team. */
  public static GatePlanes[] ofTeam(Team team, int count) {
    GatePlanes[] planes = new GatePlanes[team.size()];
    Arrays.setAll(planes, part -> new GatePlanes(count));
    return planes;
  }

  /** Returns a plane of at least {@code length} values. */
  float[] plane(int index, int length) {
    if (planes[index].length < length) {
      planes[index] = new float[length];
    }
    return planes[index];
  }

  /** Copies the gates of {@code [n, gates, units]} to planes. */
  void split(HostMatrix matrix, int gates, int rows, int first, int end) {
    int units = matrix.columns() / gates;
    int length = units * (end - first);
    for (int gate = 0; gate < gates; gate++) {
      float[] plane = plane(gate, length);
      int from = matrix.start(rows) + first * matrix.columns() + gate * units;
      for (int to = 0; to < length; to += units) {
        System.arraycopy(matrix.values(), from, plane, to, units);
        from += matrix.columns();
      }
    }
  }

  /** Copies planes to the gates of {@code [n, gates, units]}. */
  void join(HostMatrix matrix, int gates, int rows, int first, int end) {
    int units = matrix.columns() / gates;
    int length = units * (end - first);
    for (int gate = 0; gate < gates; gate++) {
      float[] plane = planes[gate];
      int to = matrix.start(rows) + first * matrix.columns() + gate * units;
      for (int from = 0; from < length; from += units) {
        System.arraycopy(plane, from, matrix.values(), to, units);
        to += matrix.columns();
      }
    }
  }

  /** Copies rows of a matrix to a plane and returns it. */
  float[] load(int index, HostMatrix matrix, int rows, int first, int end) {
    int length = (end - first) * matrix.columns();
    float[] plane = plane(index, length);
    int from = matrix.start(rows) + first * matrix.columns();
    System.arraycopy(matrix.values(), from, plane, 0, length);
    return plane;
  }

  /** Copies a plane to rows of a matrix. */
  void store(int index, HostMatrix matrix, int rows, int first, int end) {
    int length = (end - first) * matrix.columns();
    int to = matrix.start(rows) + first * matrix.columns();
    System.arraycopy(planes[index], 0, matrix.values(), to, length);
  }

  /**
   * Copies one gate of rows stored as {@code [gates, end - first, units]} to a plane and returns
   * it.
   */
  float[] loadGate(
      int index, HostMatrix matrix, int gate, int gates, int rows, int first, int end) {
    int length = (end - first) * matrix.columns() / gates;
    int from = matrix.start(rows) + first * matrix.columns() + gate * length;
    float[] plane = plane(index, length);
    System.arraycopy(matrix.values(), from, plane, 0, length);
    return plane;
  }

  /** Copies a plane to one gate of rows stored as {@code [gates, end - first, units]}. */
  void storeGate(int index, HostMatrix matrix, int gate, int gates, int rows, int first, int end) {
    int length = (end - first) * matrix.columns() / gates;
    int to = matrix.start(rows) + first * matrix.columns() + gate * length;
    System.arraycopy(planes[index], 0, matrix.values(), to, length);
  }
}
