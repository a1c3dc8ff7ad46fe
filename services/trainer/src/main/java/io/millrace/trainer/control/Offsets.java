package io.millrace.trainer.control;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Converts a position to the array that is stored in a state, and back. Safe for any thread. */
final class Offsets {
  private static final long NONE = -1;

  private Offsets() {}

  static long[] array(SortedMap<Integer, Long> position) {
    long[] offsets = new long[position.isEmpty() ? 0 : position.lastKey() + 1];
    Arrays.fill(offsets, NONE);
    position.forEach((partition, offset) -> offsets[partition] = offset);
    return offsets;
  }

  static SortedMap<Integer, Long> map(long[] offsets) {
    SortedMap<Integer, Long> position = new TreeMap<>();
    for (int partition = 0; partition < offsets.length; partition++) {
      if (offsets[partition] != NONE) {
        position.put(partition, offsets[partition]);
      }
    }
    return position;
  }
}
