package io.millrace.benchmarks.fuzz;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferTensorContents;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The protocol's tensor elements, in a slow implementation without the predictor's code. */
final class Elements {
  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("INT8", 1),
          Map.entry("UINT8", 1),
          Map.entry("INT16", 2),
          Map.entry("UINT16", 2),
          Map.entry("FP16", 2),
          Map.entry("BF16", 2),
          Map.entry("INT32", 4),
          Map.entry("UINT32", 4),
          Map.entry("FP32", 4),
          Map.entry("INT64", 8),
          Map.entry("UINT64", 8),
          Map.entry("FP64", 8));

  private Elements() {}

  static boolean isNumeric(String type) {
    return BYTES.containsKey(type);
  }

  /** Returns the numbers of raw contents; none if there are too few or too many bytes. */
  static List<Float> raw(String type, ByteString contents, int count) {
    List<Float> values = new ArrayList<>();
    if (contents.size() != count * BYTES.getOrDefault(type, 0)) {
      return values;
    }
    ByteBuffer bytes = contents.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      values.add(raw(type, bytes));
    }
    return values;
  }

  /**
   * Returns the numbers of typed contents; none if the type has no typed form, or if contents of
   * another type are present too. A number out of the type's range is NaN.
   */
  static List<Float> typed(String type, InferTensorContents typed) {
    List<Float> values = ofItsField(type, typed);
    return values.size() == count(typed)
        ? values.stream().map(value -> isBeyond(type, value) ? Float.NaN : value).toList()
        : List.of();
  }

  private static int count(InferTensorContents typed) {
    return typed.getAllFields().values().stream().mapToInt(field -> ((List<?>) field).size()).sum();
  }

  private static boolean isBeyond(String type, float value) {
    return switch (type) {
      case "INT8" -> value < -128 || value > 127;
      case "UINT8" -> value > 255;
      case "INT16" -> value < -32768 || value > 32767;
      case "UINT16" -> value > 65535;
      default -> false;
    };
  }

  private static List<Float> ofItsField(String type, InferTensorContents typed) {
    return switch (type) {
      case "BOOL" -> typed.getBoolContentsList().stream().map(b -> b ? 1f : 0f).toList();
      case "INT8", "INT16", "INT32" ->
          typed.getIntContentsList().stream().map(Integer::floatValue).toList();
      case "INT64" -> typed.getInt64ContentsList().stream().map(Long::floatValue).toList();
      case "UINT8", "UINT16", "UINT32" ->
          typed.getUintContentsList().stream().map(i -> (float) Integer.toUnsignedLong(i)).toList();
      case "UINT64" -> typed.getUint64ContentsList().stream().map(Elements::unsigned).toList();
      case "FP32" -> typed.getFp32ContentsList();
      case "FP64" -> typed.getFp64ContentsList().stream().map(Double::floatValue).toList();
      default -> List.of();
    };
  }

  private static float raw(String type, ByteBuffer bytes) {
    return switch (type) {
      case "BOOL" -> flag(bytes.get());
      case "INT8" -> bytes.get();
      case "UINT8" -> bytes.get() & 0xff;
      case "INT16" -> bytes.getShort();
      case "UINT16" -> bytes.getShort() & 0xffff;
      case "FP16" -> half(bytes.getShort() & 0xffff);
      case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
      case "INT32" -> bytes.getInt();
      case "UINT32" -> Integer.toUnsignedLong(bytes.getInt());
      case "FP32" -> bytes.getFloat();
      case "INT64" -> bytes.getLong();
      case "UINT64" -> unsigned(bytes.getLong());
      default -> (float) bytes.getDouble();
    };
  }

  private static float flag(byte value) {
    return value == 0 || value == 1 ? value : Float.NaN;
  }

  private static float unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits)).floatValue();
  }

  private static float half(int bits) {
    int exponent = bits >> 10 & 31;
    double fraction = (bits & 1023) / 1024.0;
    double magnitude =
        switch (exponent) {
          case 0 -> fraction * Math.pow(2, -14);
          case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> (1 + fraction) * Math.pow(2, exponent - 15);
        };
    return (float) (bits >> 15 == 0 ? magnitude : -magnitude);
  }
}
