package io.millrace.cli;

import org.jspecify.annotations.Nullable;

/** Checks that picocli's option types do not cover. */
final class Arguments {
  private Arguments() {}

  static void atLeast(String option, @Nullable Number value, long minimum) {
    if (value != null && value.longValue() < minimum) {
      throw new UsageException(
          "%s is %s; allowed: whole number, at least %d".formatted(option, value, minimum));
    }
  }

  static void port(String option, int value) {
    if (value < 1 || value > 65535) {
      throw new UsageException("%s is %s; allowed: 1 to 65535".formatted(option, value));
    }
  }
}
