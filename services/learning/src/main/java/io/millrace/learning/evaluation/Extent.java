package io.millrace.learning.evaluation;

import io.millrace.settings.Option;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of the stream, in records or in event time.
 *
 * @param records the most records that it has; unlimited for a span
 * @param span the event time, if it is one
 */
record Extent(int records, Optional<Duration> span) {
  private static final Pattern WRITTEN =
      Pattern.compile("([1-9]\\d{0,8})(| batches| ?ms| ?s| ?m| ?h| ?d)");

  /** Reads {@code 1600}, {@code 200 batches} or {@code 10m}. */
  static Extent read(Option<String> option, int defaultRecords, int batchSize) {
    String written =
        option
            .check(
                "a number of records, of batches such as 200 batches, or a time of records such as"
                    + " 10m",
                text -> WRITTEN.matcher(text).matches())
            .orElse(Integer.toString(defaultRecords));
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return new Extent(defaultRecords, Optional.empty());
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).strip()) {
      case "" -> new Extent((int) amount, Optional.empty());
      case "batches" ->
          new Extent((int) Math.min(Integer.MAX_VALUE, amount * batchSize), Optional.empty());
      case "ms" -> of(Duration.ofMillis(amount));
      case "s" -> of(Duration.ofSeconds(amount));
      case "m" -> of(Duration.ofMinutes(amount));
      case "h" -> of(Duration.ofHours(amount));
      default -> of(Duration.ofDays(amount));
    };
  }

  private static Extent of(Duration span) {
    return new Extent(Integer.MAX_VALUE, Optional.of(span));
  }
}
