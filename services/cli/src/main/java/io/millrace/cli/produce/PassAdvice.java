package io.millrace.cli.produce;

import java.util.Locale;
import java.util.Optional;

/** How often a file should be sent. */
public final class PassAdvice {
  /** Records that small networks learn from until they learn no more from the same ones. */
  private static final long RECORDS = 100_000;

  private static final long MOST_PASSES = 200;

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
