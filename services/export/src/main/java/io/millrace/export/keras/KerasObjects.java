package io.millrace.export.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Objects as Keras serializes them, from options as settings have them. */
final class KerasObjects {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
  private static final double PENALTY = 0.01;

  private KerasObjects() {}

  /** Returns an object of a class, with the arguments of its constructor. */
  @SuppressWarnings("NullAway") // Keras writes null for classes of its own
  static Map<String, Object> object(String module, String kind, Map<String, Object> config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("module", module);
    tree.put("class_name", kind);
    tree.put("config", config);
    tree.put("registered_name", null);
    return tree;
  }

  /** Returns the options of an object that is written as its type alone or as a section. */
  static Map<String, Object> options(Object value, String defaultType) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> options.put(String.valueOf(key), plain(each)));
    } else {
      options.put("type", String.valueOf(value));
    }
    options.putIfAbsent("type", defaultType);
    options.values().removeIf(each -> each == null);
    return options;
  }

  /** Removes the type of an object from its options. */
  static String takeType(Map<String, Object> options) {
    return String.valueOf(options.remove("type")).toLowerCase(Locale.ROOT);
  }

  static Map<String, Object> initializer(Object value) {
    Map<String, Object> options = options(value, "zeros");
    String kind = camelCase(takeType(options));
    return object("keras.initializers", kind, options);
  }

  /** Returns a penalty on weights; a type without factors has Keras' default. */
  static Map<String, Object> regularizer(Object value) {
    boolean isTyped = !(value instanceof Map<?, ?> map) || map.containsKey("type");
    Map<String, Object> options = options(value, "l1_l2");
    String type = takeType(options);
    double fallback = isTyped && options.isEmpty() ? PENALTY : 0;
    Map<String, Object> config = new LinkedHashMap<>();
    for (String norm : List.of("l1", "l2")) {
      config.put(norm, options.getOrDefault(norm, type.contains(norm) ? fallback : 0.0));
    }
    return object("keras.regularizers", "L1L2", config);
  }

  static Map<String, Object> maxNorm(Object value) {
    Map<String, Object> options = options(value, "max_norm");
    takeType(options);
    options.putIfAbsent("max_value", 2.0);
    options.putIfAbsent("axis", 0);
    return object("keras.constraints", "MaxNorm", options);
  }

  /** Returns a number, a flag, a text or a list; texts that spell numbers become numbers. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (!(value instanceof String text)) {
      return value;
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (!NUMBER.matcher(text).matches()) {
      return text;
    }
    double number = Double.parseDouble(text);
    return number == Math.rint(number) && !text.contains(".") ? (Object) (long) number : number;
  }

  /** Returns a name of settings as that of a class: mean_squared_error is MeanSquaredError. */
  static String camelCase(String name) {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("_", -1)) {
      words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return words.toString();
  }
}
