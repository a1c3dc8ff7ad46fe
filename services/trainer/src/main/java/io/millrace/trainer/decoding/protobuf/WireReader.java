package io.millrace.trainer.decoding.protobuf;

import io.millrace.learning.features.Utf8Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over the Protocol Buffers wire format. It is reused for all messages and allocates only
 * the texts that are requested.
 *
 * <p>Malformed bytes do not throw. The cursor then moves to the end, every further read returns
 * zero, and {@link #isMalformed} returns true. So a caller loops until {@link #nextTag} is zero and
 * checks once. Groups, which proto3 never writes, count as malformed.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int EXPONENT_LOWEST_BIT = 0x00800000;

  /** The continuation bit of a varint, in each byte. */
  private static final long CONTINUED = 0x80808080_80808080L;

  private byte[] bytes = {};
  private int position;
  private int end;
  private boolean malformed;

  static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  void reset(byte[] message) {
    reset(message, 0);
  }

  /** Begins with the message at {@code message[from, message.length)}. */
  void reset(byte[] message, int from) {
    bytes = message;
    position = from;
    end = message.length;
    malformed = false;
  }

  boolean isMalformed() {
    return malformed;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  /** Moves back to an earlier position in this message. */
  void rewind(int earlier) {
    position = malformed ? end : earlier;
  }

  /** Returns the next field's tag, or zero at the end of the message. */
  int nextTag() {
    if (position >= end) {
      return 0;
    }
    long tag = varint();
    if (tag >>> 3 == 0 || tag != (int) tag) {
      fail();
      return 0;
    }
    return (int) tag;
  }

  /** Returns whether the message has more bytes. */
  boolean hasMore() {
    return position < end;
  }

  /** Reads a length and returns the index where the field of that length ends. */
  int fieldEnd() {
    long length = varint();
    if (length < 0 || length > end - position) {
      fail();
      return position;
    }
    return position + (int) length;
  }

  /** Enters the message in this field. Returns the outer end, which {@link #leave} takes. */
  int enter() {
    int outerEnd = end;
    end = fieldEnd();
    return outerEnd;
  }

  /** Leaves the inner message: moves to its end, from any position in it. */
  void leave(int outerEnd) {
    position = end;
    end = outerEnd;
    if (malformed) {
      position = end;
    }
  }

  /** Reads a text up to {@code fieldEnd}. Invalid UTF-8 is malformed. */
  String text(int fieldEnd) {
    String text = Utf8Text.of(bytes, position, fieldEnd);
    position = fieldEnd;
    if (text == null) {
      fail();
      return "";
    }
    return text;
  }

  void skipTo(int fieldEnd) {
    position = fieldEnd;
  }

  void skip(int tag) {
    switch (tag & 7) {
      case VARINT -> skipVarint();
      case FIXED64 -> advance(Long.BYTES);
      case LENGTH_DELIMITED -> skipTo(fieldEnd());
      case FIXED32 -> advance(Float.BYTES);
      default -> fail();
    }
  }

  long varint() {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++]; // almost all varints have one byte
    }
    return longVarint();
  }

  /**
   * Returns how many floats the field of this tag holds, one or a packed block. All of them are
   * within the message, and the cursor is before the first.
   */
  int floats(int tag) {
    long size = (tag & 7) == FIXED32 ? Float.BYTES : varint();
    if (size < 0 || size > end - position || size % Float.BYTES != 0) {
      fail();
      return 0;
    }
    return (int) size / Float.BYTES;
  }

  void skipFloats(int count) {
    position += count * Float.BYTES;
  }

  /**
   * Copies {@code count} of the floats that {@link #floats} found. Returns whether all are finite.
   */
  boolean copyFloats(float[] target, int start, int count) {
    byte[] source = bytes;
    int from = position;
    int flags = 0;
    for (int i = 0; i < count; i++) {
      int bits = (int) INT.get(source, from + i * Float.BYTES);
      target[start + i] = Float.intBitsToFloat(bits);
      // The exponent of infinities and NaN is all ones, so adding one to it sets the sign bit.
      flags |= (bits & Integer.MAX_VALUE) + EXPONENT_LOWEST_BIT;
    }
    position = from + count * Float.BYTES;
    return flags >= 0;
  }

  /** Finds the end of a varint of up to eight bytes without a loop, since its length varies. */
  private void skipVarint() {
    if (end - position >= Long.BYTES) {
      long last = ~(long) LONG.get(bytes, position) & CONTINUED;
      if (last != 0) {
        position += (Long.numberOfTrailingZeros(last) >>> 3) + 1;
        return;
      }
    }
    varint();
  }

  private long longVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && position < end; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    fail();
    return 0;
  }

  /** Returns the little-endian bits of a four-byte field. */
  int fixed32() {
    if (end - position < Integer.BYTES) {
      fail();
      return 0;
    }
    position += Integer.BYTES;
    return (int) INT.get(bytes, position - Integer.BYTES);
  }

  /** Returns the little-endian bits of an eight-byte field. */
  long fixed64() {
    if (end - position < Long.BYTES) {
      fail();
      return 0;
    }
    position += Long.BYTES;
    return (long) LONG.get(bytes, position - Long.BYTES);
  }

  private void advance(int count) {
    if (count > end - position) {
      fail();
    } else {
      position += count;
    }
  }

  private void fail() {
    malformed = true;
    position = end;
  }
}
