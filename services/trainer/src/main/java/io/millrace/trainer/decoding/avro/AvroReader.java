package io.millrace.trainer.decoding.avro;

import io.millrace.learning.features.Utf8Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over Avro's binary encoding. It is reused for all records and allocates only the texts
 * that are requested.
 *
 * <p>Malformed bytes do not throw. The cursor then moves to the end, every further read returns
 * zero, and {@link #isMalformed} returns true.
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

  /** Reads an int or a long: zigzag, seven bits per byte, lowest bits first. */
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

  /** Reads a length and returns the index after that many bytes. The cursor stays before them. */
  int end() {
    long length = integer();
    if (length < 0 || length > bytes.length - position) {
      fail();
      return position;
    }
    return position + (int) length;
  }

  /** Reads a text. Invalid UTF-8 is malformed. */
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

  /** Moves to an index that {@link #end} returned. */
  void skipTo(int index) {
    position = index;
  }

  void skip(int count) {
    take(count);
  }

  /** Returns the number of items in the next block of an array or a map; zero at its end. */
  long block() {
    long count = integer();
    if (count < 0) {
      integer(); // the block's size in bytes, which serves readers that skip the block
      count = -count;
    }
    if (count < 0 || count > bytes.length) {
      fail(); // more items than bytes can only be nulls, which no model needs
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
