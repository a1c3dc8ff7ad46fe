package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into trees of maps and lists; what is not there, or something else, is empty. */
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
}
