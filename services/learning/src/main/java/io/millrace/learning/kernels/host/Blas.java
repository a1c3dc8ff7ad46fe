package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What matrix products on native memory need besides their operands: threads, and scratch areas.
 */
final class Blas {
  /**
   * Products of fewer multiplications are done by loops: there, copying to native memory and back
   * costs more than the native product saves.
   */
  private static final long SMALLEST_NATIVE_PRODUCT = 256;

  private final Team team;
  private final NativeArray[] results;
  private NativeArray ones = new NativeArray(0, 1);
  private int onesLength;

  Blas(Team team) {
    this.team = team;
    this.results = new NativeArray[team.size()];
    Arrays.setAll(results, part -> new NativeArray(0, 1));
  }

  /** Says whether a product of {@code m · k · n} multiplications is worth a native call. */
  static boolean pays(int m, int k, int n) {
    return (long) m * k * n >= SMALLEST_NATIVE_PRODUCT;
  }

  Team team() {
    return team;
  }

  /** Returns room for a result of {@code length} values of one thread. */
  NativeArray result(int part, int length) {
    results[part] = results[part].atLeast(length, 1);
    return results[part];
  }

  /** Makes at least {@code length} ones. */
  void makeOnes(int length) {
    if (onesLength < length) {
      float[] values = new float[length];
      Arrays.fill(values, 1);
      ones = ones.atLeast(length, team.size());
      ones.write(0, values, 0, length);
      onesLength = length;
    }
  }

  /** Returns as many ones as were made. */
  FloatPointer ones(int part) {
    return ones.from(part, 0);
  }
}
