package io.millrace.cli.options;

import io.millrace.cli.failures.UsageException;
import org.jspecify.annotations.Nullable;

/** Checks that picocli's option types do not cover. */
public final class Arguments {
  private Arguments() {}

  public static void atLeast(String option, @Nullable Number value, long minimum) {
    if (value != null && value.longValue() < minimum) {
      throw new UsageException(
          "%s is %s; allowed: whole number, at least %d".formatted(option, value, minimum));
    }
  }

  public static void port(String option, int value) {
    if (value < 1 || value > 65535) {
      throw new UsageException("%s is %s; allowed: 1 to 65535".formatted(option, value));
    }
  }
}
