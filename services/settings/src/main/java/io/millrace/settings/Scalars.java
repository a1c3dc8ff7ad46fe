package io.millrace.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses scalar values; {@code null} means that a value is not of the type. */
final class Scalars {

  private Scalars() {}

  static @Nullable Integer integer(Object raw) {
    Long value = longInteger(raw);
    return value == null || value != value.intValue() ? null : (Integer) value.intValue();
  }

  static @Nullable Long longInteger(Object raw) {
    if (raw instanceof Integer || raw instanceof Long) {
      return ((Number) raw).longValue();
    }
    try {
      return raw instanceof String || raw instanceof Double
          ? (Long) new BigDecimal(raw.toString().trim()).longValueExact()
          : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  static @Nullable Double decimal(Object raw) {
    if (raw instanceof Number number) {
      return finite(number.doubleValue());
    }
    try {
      return raw instanceof String s ? finite(new BigDecimal(s.trim()).doubleValue()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static @Nullable Boolean flag(Object raw) {
    if (raw instanceof Boolean flag) {
      return flag;
    }
    return "true".equals(raw) ? Boolean.TRUE : "false".equals(raw) ? Boolean.FALSE : null;
  }

  static @Nullable String text(Object raw) {
    return raw instanceof String || raw instanceof Number || raw instanceof Boolean
        ? raw.toString()
        : null;
  }

  static @Nullable Duration duration(Object raw) {
    return DurationText.parse(raw.toString()).orElse(null);
  }

  static String written(@Nullable Object value) {
    if (value instanceof Enum<?> e) {
      return e.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Duration duration) {
      return written(duration);
    }
    return value instanceof Double d ? plain(d) : String.valueOf(value);
  }

  /** Writes a section on one line as a document may: its type alone, or with its options. */
  static String typed(String typeKey, Map<String, ?> section) {
    Map<String, Object> others = new TreeMap<>(section);
    Object type = others.remove(typeKey);
    String options =
        others.entrySet().stream()
            .map(option -> ", " + option.getKey() + ": " + written(option.getValue()))
            .collect(Collectors.joining());
    return others.isEmpty() ? String.valueOf(type) : "{type: " + type + options + "}";
  }

  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static String written(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  static <E extends Enum<E>> @Nullable E choice(Object raw, E[] constants) {
    for (E constant : constants) {
      if (written(constant).equals(raw)) {
        return constant;
      }
    }
    return null;
  }

  static @Nullable List<String> texts(Object raw) {
    return raw instanceof List<?> ? items(raw, Scalars::text) : null;
  }

  static @Nullable List<Integer> integers(Object raw) {
    return items(raw, Scalars::integer);
  }

  static @Nullable List<Double> decimals(Object raw) {
    return items(raw, Scalars::decimal);
  }

  private static <T> @Nullable List<T> items(Object raw, Function<Object, @Nullable T> parser) {
    List<?> list = raw instanceof List<?> l ? l : List.of(raw);
    List<T> result = new ArrayList<>(list.size());
    for (Object item : list) {
      T value = item == null ? null : parser.apply(item);
      if (value == null) {
        return null;
      }
      result.add(value);
    }
    return List.copyOf(result);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
