package io.millrace.learning.kernels.nd4j;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Memory for results that are only used within one call. All calls share it, because they run one
 * after the other.
 *
 * <p>If a larger part is needed, a new one replaces the old one; views of the old one stay valid.
 */
final class Scratch {
  private final List<DeviceBuffer> parts = new ArrayList<>();
  private final IdentityHashMap<INDArray, Integer> taken = new IdentityHashMap<>();

  /** Returns an array of undefined values, reserved until it is given back. */
  INDArray take(long... shape) {
    int length = 1;
    for (long axis : shape) {
      length = Math.multiplyExact(length, Math.toIntExact(axis));
    }
    int part = freePart();
    if (parts.get(part).length() < length) {
      parts.set(part, new DeviceBuffer(length));
    }
    INDArray array = parts.get(part).view(0, shape);
    taken.put(array, part);
    return array;
  }

  /** Returns whether an array was taken from here and not given back. */
  boolean isTaken(INDArray array) {
    return taken.containsKey(array);
  }

  /** Takes an array back if it was taken from here. */
  void giveBack(INDArray array) {
    taken.remove(array);
  }

  private int freePart() {
    int part = 0;
    while (taken.containsValue(part)) {
      part++;
    }
    if (part == parts.size()) {
      parts.add(new DeviceBuffer(1));
    }
    return part;
  }
}
