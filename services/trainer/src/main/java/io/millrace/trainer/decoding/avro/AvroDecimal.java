package io.millrace.trainer.decoding.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes.Decimal;

/**
 * Avro's logical type {@code decimal}: a big-endian two's-complement integer with a scale.
 *
 * @param scale the number of digits after the decimal point
 * @param longest the largest accepted size in bytes, so that a hostile number costs no more than
 *     its type permits
 */
record AvroDecimal(int scale, int longest) {

  /** Padding bytes that writers may put before the necessary ones. */
  private static final int SPARE = 16;

  static AvroDecimal of(Decimal type) {
    return new AvroDecimal(
        type.getScale(), BigInteger.TEN.pow(type.getPrecision()).bitLength() / 8 + SPARE);
  }

  /** Returns whether a number of this type can have this many bytes. */
  boolean has(int length) {
    return 0 < length && length <= longest;
  }

  /** Returns the number in {@code bytes[from, to)}. */
  BigDecimal number(byte[] bytes, int from, int to) {
    return new BigDecimal(new BigInteger(bytes, from, to - from), scale);
  }
}
