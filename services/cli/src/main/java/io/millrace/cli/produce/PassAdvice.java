package io.millrace.cli.produce;

import java.util.Locale;
import java.util.Optional;

/**
 * How often a file should be sent. Early stopping ended after 31 passes of 20,000 letters, 40 of
 * 3,750 houses, 44 of 1,437 digits, and after 17 to 180 passes of smaller files.
 */
public final class PassAdvice {
  /** Records, passes added, until a small network learns no more from a large file. */
  private static final long RECORDS = 600_000;

  private static final long MOST_PASSES = 50;

  private PassAdvice() {}

  /** Returns a sentence for a file that was sent once; empty if that is enough. */
  public static Optional<String> after(long rows) {
    if (rows == 0 || rows >= RECORDS) {
      return Optional.empty();
    }
    long passes = Math.min(MOST_PASSES, (RECORDS + rows - 1) / rows);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d rows: a network of this kind needs some %d passes; --passes %d, or"
                + " --until-converged",
            rows,
            passes,
            passes));
  }
}
