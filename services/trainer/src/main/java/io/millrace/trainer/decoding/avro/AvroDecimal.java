package io.millrace.trainer.decoding.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes.Decimal;

/**
 * Avro's logical type of decimals: a whole number, big-endian in two's complement, and a scale.
 *
 * @param scale how many of its digits stand behind the point
 * @param longest how many bytes a number may have: no hostile one costs more than its type asks for
 */
record AvroDecimal(int scale, int longest) {

  /** Bytes that writers may put before those that are needed. */
  private static final int SPARE = 16;

  static AvroDecimal of(Decimal type) {
    return new AvroDecimal(
        type.getScale(), BigInteger.TEN.pow(type.getPrecision()).bitLength() / 8 + SPARE);
  }

  /** Returns whether so many bytes can be a number of this type. */
  boolean has(int length) {
    return 0 < length && length <= longest;
  }

  /** Returns the number in {@code bytes[from, to)}. */
  BigDecimal number(byte[] bytes, int from, int to) {
    return new BigDecimal(new BigInteger(bytes, from, to - from), scale);
  }
}
