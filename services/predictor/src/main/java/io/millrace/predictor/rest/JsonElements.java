package io.millrace.predictor.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.predictor.requests.FieldValues;
import io.millrace.predictor.requests.TensorDataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The elements of a tensor in JSON, flat or nested: numbers, texts, and null for a missing value.
 * JSON members come in any order, so elements may be read before their data type and shape are
 * known. Confined to one thread.
 */
final class JsonElements {
  private static final int FIRST_CAPACITY = 64;

  /**
   * From 2^53 on a double does not hold every integer; one less, because of {@link
   * JsonReader#floor}.
   */
  private static final double LEAST_INEXACT = 0x1p53 - 1;

  private final JsonNesting nesting = new JsonNesting();
  private final ByteArrayOutputStream texts = new ByteArrayOutputStream(0);
  private double[] numbers = new double[FIRST_CAPACITY];

  /** The 64 bits of those integers that a double may round, by index. */
  private long[] bits = {};

  private int count;
  private int nulls;
  private int textCount;
  private boolean flags;
  private boolean whole = true;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /** Reads the current list, and the lists within it. */
  void readList(JsonReader json) throws IOException {
    int depth = nesting.enter(json);
    int items =
        json.list(
            () -> {
              if (json.isList()) {
                readList(json);
              } else {
                nesting.element();
                read(json);
              }
            });
    nesting.leave(depth, items);
  }

  /** Reads the current element. */
  void read(JsonReader json) throws IOException {
    if (json.isText()) {
      addText(json.text());
    } else if (json.isNull()) {
      addNull();
    } else {
      addNumber(json);
    }
  }

  /** Reads the current element as text. A number keeps its characters. */
  void readText(JsonReader json) throws IOException {
    if (json.isNull()) {
      addNull();
    } else {
      addText(json.scalar());
    }
  }

  /** Adds a missing element. */
  void addNull() {
    nulls++;
    addLength(FieldValues.MISSING);
    add(Double.NaN);
  }

  /** Returns the number of elements. */
  int size() {
    return count + textCount;
  }

  boolean hasTexts() {
    return textCount > 0;
  }

  boolean hasNulls() {
    return nulls > 0;
  }

  boolean hasNumbers() {
    return count > nulls;
  }

  /** Returns whether there are booleans, which count as numbers as well. */
  boolean hasFlags() {
    return flags;
  }

  /** Returns whether all numbers are integers. */
  boolean areWhole() {
    return whole;
  }

  /** Returns whether a data type has all the numbers. */
  boolean fit(TensorDataType type) {
    return count == nulls || type.holds(least, greatest);
  }

  JsonNesting nesting() {
    return nesting;
  }

  /** Returns the numbers as raw contents of BOOL, INT64, UINT64 or FP64; NaN for null. */
  ByteString rawNumbers(TensorDataType type) {
    ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          bytes.put(i, (byte) numbers[i]);
        }
      }
      case INT64, UINT64 -> {
        for (int i = 0; i < count; i++) {
          bytes.putLong(Long.BYTES * i, whole(i));
        }
      }
      default -> bytes.asDoubleBuffer().put(numbers, 0, count);
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** Returns the texts as raw contents of BYTES. */
  ByteString rawTexts() {
    return ByteString.copyFrom(texts.toByteArray());
  }

  private void addNumber(JsonReader json) throws IOException {
    flags |= json.isFlag();
    double bound = json.floor();
    if (Math.abs(bound) >= LEAST_INEXACT) {
      keepBits(json.bits());
    }
    double value = json.number();
    whole &= value == Math.rint(value);
    least = Math.min(least, bound);
    greatest = Math.max(greatest, bound);
    add(value);
  }

  private void keepBits(long value) {
    if (count >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(numbers.length, 2 * count));
    }
    bits[count] = value;
  }

  private long whole(int at) {
    return Math.abs(numbers[at]) >= LEAST_INEXACT ? bits[at] : (long) numbers[at];
  }

  private void addText(String value) {
    byte[] text = value.getBytes(UTF_8);
    textCount++;
    addLength(text.length);
    texts.write(text, 0, text.length);
  }

  private void addLength(int length) {
    texts.write(length);
    texts.write(length >> 8);
    texts.write(length >> 16);
    texts.write(length >> 24);
  }

  private void add(double value) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = value;
  }
}
