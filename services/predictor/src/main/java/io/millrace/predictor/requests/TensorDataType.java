package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferTensorContents;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's numeric data types, and how their elements become a {@code double}.
 *
 * <p>Integers beyond 2^53 are rounded, as in records. The protocol has no typed contents for FP16
 * and BF16, so they are raw only.
 */
public enum TensorDataType {
  BOOL(
      1,
      0,
      1,
      (raw, at) -> raw.get(at) == 0 ? 0 : 1,
      InferTensorContents::getBoolContentsCount,
      (typed, at) -> typed.getBoolContents(at) ? 1 : 0),
  INT8(
      1,
      Byte.MIN_VALUE,
      Byte.MAX_VALUE,
      (raw, at) -> raw.get(at),
      InferTensorContents::getIntContentsCount,
      InferTensorContents::getIntContents),
  INT16(
      2,
      Short.MIN_VALUE,
      Short.MAX_VALUE,
      (raw, at) -> raw.getShort(2 * at),
      InferTensorContents::getIntContentsCount,
      InferTensorContents::getIntContents),
  INT32(
      4,
      Integer.MIN_VALUE,
      Integer.MAX_VALUE,
      (raw, at) -> raw.getInt(4 * at),
      InferTensorContents::getIntContentsCount,
      InferTensorContents::getIntContents),
  INT64(
      8,
      -0x1p63,
      Math.nextDown(0x1p63),
      (raw, at) -> raw.getLong(8 * at),
      InferTensorContents::getInt64ContentsCount,
      InferTensorContents::getInt64Contents),
  UINT8(
      1,
      0,
      0xff,
      (raw, at) -> Byte.toUnsignedInt(raw.get(at)),
      InferTensorContents::getUintContentsCount,
      (typed, at) -> Integer.toUnsignedLong(typed.getUintContents(at))),
  UINT16(
      2,
      0,
      0xffff,
      (raw, at) -> Short.toUnsignedInt(raw.getShort(2 * at)),
      InferTensorContents::getUintContentsCount,
      (typed, at) -> Integer.toUnsignedLong(typed.getUintContents(at))),
  UINT32(
      4,
      0,
      0xffffffffL,
      (raw, at) -> Integer.toUnsignedLong(raw.getInt(4 * at)),
      InferTensorContents::getUintContentsCount,
      (typed, at) -> Integer.toUnsignedLong(typed.getUintContents(at))),
  UINT64(
      8,
      0,
      Math.nextDown(0x1p64),
      (raw, at) -> unsigned(raw.getLong(8 * at)),
      InferTensorContents::getUint64ContentsCount,
      (typed, at) -> unsigned(typed.getUint64Contents(at))),
  FP16(2, -65504, 65504, (raw, at) -> half(raw.getShort(2 * at)), null, null),
  BF16(
      2,
      -Float.MAX_VALUE,
      Float.MAX_VALUE,
      (raw, at) -> Float.intBitsToFloat(raw.getShort(2 * at) << 16),
      null,
      null),
  FP32(
      4,
      -Float.MAX_VALUE,
      Float.MAX_VALUE,
      (raw, at) -> raw.getFloat(4 * at),
      InferTensorContents::getFp32ContentsCount,
      InferTensorContents::getFp32Contents),
  FP64(
      8,
      -Float.MAX_VALUE,
      Float.MAX_VALUE,
      (raw, at) -> raw.getDouble(8 * at),
      InferTensorContents::getFp64ContentsCount,
      (typed, at) -> typed.getFp64Contents(at));

  private static final Map<String, TensorDataType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(TensorDataType::name, Function.identity()));

  private final int bytes;
  private final double least;
  private final double greatest;
  private final RawElement rawElement;
  private final @Nullable ToIntFunction<InferTensorContents> typedCount;
  private final @Nullable TypedElement typedElement;

  TensorDataType(
      int bytes,
      double least,
      double greatest,
      RawElement rawElement,
      @Nullable ToIntFunction<InferTensorContents> typedCount,
      @Nullable TypedElement typedElement) {
    this.bytes = bytes;
    this.least = least;
    this.greatest = greatest;
    this.rawElement = rawElement;
    this.typedCount = typedCount;
    this.typedElement = typedElement;
  }

  /** Returns the type of this name, or null where it is none that a number can be read from. */
  public static @Nullable TensorDataType named(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the size of an element in raw contents, in bytes. */
  public int bytes() {
    return bytes;
  }

  public boolean hasFractions() {
    return this == FP16 || this == BF16 || this == FP32 || this == FP64;
  }

  /**
   * Returns whether the type's range contains all numbers from {@code from} to {@code to}.
   *
   * @param from a lower bound of the numbers
   * @param to an upper bound of the numbers
   */
  public boolean holds(double from, double to) {
    return from >= least && to <= greatest;
  }

  /** Describes the type's range to people. */
  public String range() {
    if (hasFractions()) {
      return "%s, -%s to %s".formatted(name(), (float) greatest, (float) greatest);
    }
    boolean unsigned = least == 0;
    int bits = this == BOOL ? 1 : 8 * bytes - (unsigned ? 0 : 1);
    BigInteger beyond = BigInteger.ONE.shiftLeft(bits);
    BigInteger first = unsigned ? BigInteger.ZERO : beyond.negate();
    return "%s, %d to %d".formatted(name(), first, beyond.subtract(BigInteger.ONE));
  }

  /**
   * Returns the index of the first element outside the type's range, or -1. Typed contents carry
   * 8-bit and 16-bit types in 32-bit numbers.
   */
  int firstBeyond(InferTensorContents typed, int elements) {
    boolean narrow = this != BOOL && bytes < Integer.BYTES;
    for (int at = 0; narrow && at < elements; at++) {
      double value = element(typed, at);
      if (!holds(value, value)) {
        return at;
      }
    }
    return -1;
  }

  /** Returns the index of the first BOOL element that is neither 0 nor 1, or -1. */
  int firstBeyond(ByteString raw) {
    for (int at = 0; this == BOOL && at < raw.size(); at++) {
      if ((raw.byteAt(at) & 0xff) > 1) {
        return at;
      }
    }
    return -1;
  }

  /** Returns the number of elements in typed contents, over all types. */
  static int countOfAll(InferTensorContents typed) {
    return typed.getBoolContentsCount()
        + typed.getIntContentsCount()
        + typed.getInt64ContentsCount()
        + typed.getUintContentsCount()
        + typed.getUint64ContentsCount()
        + typed.getFp32ContentsCount()
        + typed.getFp64ContentsCount()
        + typed.getBytesContentsCount();
  }

  /**
   * Returns the number of elements of this type in typed contents; -1 if it has no typed contents.
   */
  int count(InferTensorContents typed) {
    return typedCount == null ? -1 : typedCount.applyAsInt(typed);
  }

  /** Returns element {@code at} of little-endian raw contents. */
  double element(ByteBuffer raw, int at) {
    return rawElement.at(raw, at);
  }

  /** Returns element {@code at} of typed contents; NaN if the type has no typed contents. */
  double element(InferTensorContents typed, int at) {
    return typedElement == null ? Double.NaN : typedElement.at(typed, at);
  }

  private static double unsigned(long value) {
    // Halving with rounding to odd keeps the lowest bit, so the nearest double stays the same.
    return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
  }

  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  private interface RawElement {
    double at(ByteBuffer raw, int index);
  }

  private interface TypedElement {
    double at(InferTensorContents typed, int index);
  }
}
