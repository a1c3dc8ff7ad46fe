package io.millrace.trainer.decoding;

import java.util.Arrays;

/** Damages a valid message: bytes replaced, doubled or dropped, or the end cut off. */
public final class Mutations {
  private Mutations() {}

  public static byte[] of(byte[] valid, int[] places, byte replacement) {
    byte[] bytes = valid.clone();
    for (int place : places) {
      bytes = once(bytes, place, replacement);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, int place, byte replacement) {
    if (bytes.length == 0) {
      return bytes;
    }
    int index = Integer.remainderUnsigned(place >>> 2, bytes.length);
    return switch (place & 3) {
      case 0 -> Arrays.copyOf(bytes, index);
      case 1 -> spliced(bytes, index, index + 1);
      case 2 -> spliced(bytes, index + 1, index);
      default -> {
        byte[] replaced = bytes.clone();
        replaced[index] = replacement;
        yield replaced;
      }
    };
  }

  /** Returns the bytes before {@code end}, followed by those from {@code resume} on. */
  private static byte[] spliced(byte[] bytes, int end, int resume) {
    byte[] result = Arrays.copyOf(bytes, end + bytes.length - resume);
    System.arraycopy(bytes, resume, result, end, bytes.length - resume);
    return result;
  }
}
