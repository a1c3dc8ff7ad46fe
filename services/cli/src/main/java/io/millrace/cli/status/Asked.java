package io.millrace.cli.status;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a source answered, or why it did not.
 *
 * @param value the answer; null without one
 * @param problem why there is none; empty where there is one
 * @param <T> the kind of the answer
 */
record Asked<T>(@Nullable T value, String problem) {

  static <T> Asked<T> of(T value) {
    return new Asked<>(value, "");
  }

  static <T> Asked<T> none(String problem) {
    return new Asked<>(null, problem);
  }

  /** Returns a text made of the answer, or the problem. */
  String text(Function<T, String> form) {
    return value == null ? problem : form.apply(value);
  }
}
