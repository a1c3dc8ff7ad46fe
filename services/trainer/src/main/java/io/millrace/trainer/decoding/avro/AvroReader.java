package io.millrace.trainer.decoding.avro;

import io.millrace.learning.features.Utf8Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over Avro's binary encoding that is reused from record to record and allocates nothing
 * but the texts that are asked for.
 *
 * <p>Malformed bytes do not throw: the cursor then stands at the end, every further read returns
 * zero, and {@link #isMalformed} says so.
 *
 * <p>Source: Apache Avro 1.12 specification, Binary Encoding.
 */
final class AvroReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int position;
  private boolean malformed;

  void reset(byte[] value, int from) {
    bytes = value;
    position = from;
    malformed = false;
  }

  boolean isMalformed() {
    return malformed;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  /** Reads an int or a long: zigzag, seven bits a byte, the lowest first. */
  long integer() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && position < bytes.length; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    fail();
    return 0;
  }

  float float32() {
    int from = take(Float.BYTES);
    return malformed ? 0 : Float.intBitsToFloat((int) INT.get(bytes, from));
  }

  double float64() {
    int from = take(Double.BYTES);
    return malformed ? 0 : Double.longBitsToDouble((long) LONG.get(bytes, from));
  }

  boolean truth() {
    int from = take(1);
    return !malformed && bytes[from] != 0;
  }

  /** Reads a length and returns the index behind so many bytes; the cursor stays before them. */
  int end() {
    long length = integer();
    if (length < 0 || length > bytes.length - position) {
      fail();
      return position;
    }
    return position + (int) length;
  }

  /** Reads a text; one that is not in UTF-8 is malformed. */
  String text() {
    int end = end();
    String text = Utf8Text.of(bytes, position, end);
    position = end;
    if (text == null) {
      fail();
      return "";
    }
    return text;
  }

  /** Goes on at an index that {@link #end} gave. */
  void skipTo(int index) {
    position = index;
  }

  void skip(int count) {
    take(count);
  }

  /** Returns how many items the next block of an array or a map has; zero at its end. */
  long block() {
    long count = integer();
    if (count < 0) {
      integer(); // the block's size in bytes, for those who skip it
      count = -count;
    }
    if (count < 0 || count > bytes.length) {
      fail(); // more items than bytes: of nothing but nulls, which nobody can need
      return 0;
    }
    return count;
  }

  void fail() {
    malformed = true;
    position = bytes.length;
  }

  private int take(int count) {
    if (count > bytes.length - position) {
      fail();
      return 0;
    }
    int from = position;
    position += count;
    return from;
  }
}
