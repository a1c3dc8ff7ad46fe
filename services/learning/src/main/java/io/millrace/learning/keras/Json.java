package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into trees of maps and lists. A missing or unexpected value reads as empty. */
final class Json {
  private Json() {}

  static Map<String, Object> map(@Nullable Object tree) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> result.put(String.valueOf(key), value));
    }
    return result;
  }

  static List<?> list(@Nullable Object tree) {
    return tree instanceof List<?> list ? list : List.of();
  }

  static String text(@Nullable Object tree) {
    return tree instanceof String text ? text : "";
  }

  /** Returns a value with its kind, such as {@code 2 (number)}. */
  static String written(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map<?, ?> map) {
      Object kind = map.get("class_name");
      return kind == null ? "an object" : kind + " (object)";
    }
    return value + " (" + kind(value) + ")";
  }

  private static String kind(Object value) {
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof Number) {
      return "number";
    }
    return value instanceof String ? "text" : "list";
  }

  /** Returns whether two values are equal; numbers are compared as float32. */
  static boolean same(@Nullable Object first, @Nullable Object second) {
    if (first instanceof Number a && second instanceof Number b) {
      return a.floatValue() == b.floatValue();
    }
    return first == null ? second == null : first.equals(second);
  }

  /**
   * Returns a number without digits beyond float32. Keras keeps learning rates and penalties as
   * float32, and writes 0.001 as 0.0010000000474974513.
   */
  static Object withoutNoise(Object value) {
    return value instanceof Double number && number.floatValue() == number
        ? Double.valueOf(Float.toString(number.floatValue()))
        : value;
  }
}
