package io.millrace.cli.tune;

import io.millrace.cli.failures.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Which models are taken together.
 *
 * @param best how many of the best trials; 0 for none
 * @param folds whether it is the best trial's models of all folds instead
 * @param publish the name that they are published under; null for nowhere
 */
public record Together(int best, boolean folds, @Nullable String publish) {
  private static final String FOLDS = "folds";

  /**
   * Reads the options.
   *
   * @param ensemble a number, or {@code folds}; null where the option is absent
   * @throws UsageException if they cannot be used
   */
  public static Together of(@Nullable String ensemble, @Nullable String publish) {
    if (publish != null && ensemble == null) {
      throw new UsageException("--publish needs --ensemble, which says what is published");
    }
    if (publish != null && !publish.matches("[A-Za-z0-9._-]+")) {
      throw new UsageException(
          "--publish is %s; allowed: a name of letters, digits, dots, _ and -".formatted(publish));
    }
    if (ensemble == null) {
      return new Together(0, false, null);
    }
    if (ensemble.equals(FOLDS)) {
      return new Together(1, true, publish);
    }
    if (!ensemble.matches("[2-9]|[1-9]\\d{1,3}")) {
      throw new UsageException(
          "--ensemble is %s; allowed: a whole number from 2 to 9999, or folds".formatted(ensemble));
    }
    return new Together(Integer.parseInt(ensemble), false, publish);
  }
}
