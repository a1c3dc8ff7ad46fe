package io.millrace.learning.evaluation;

import io.millrace.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How records are held out, and how often the model is evaluated on them.
 *
 * @param holdout the share of records held out
 * @param holdoutBy what decides whether a record is held out
 * @param groupBy the field whose value decides instead, if given
 * @param window the most held-out records in the window
 * @param windowSpan the most age of the window's records, in event time
 * @param minimumWindow held-out records needed for the first evaluation, as a rule
 * @param evaluateEvery trained records between two evaluations
 * @param evaluateSpan event time between two evaluations, which replaces their number unless
 *     records have no timestamps
 * @param slices fields by whose values the model is also evaluated
 */
public record ValidationSettings(
    double holdout,
    HoldoutBy holdoutBy,
    Optional<String> groupBy,
    int window,
    Optional<Duration> windowSpan,
    int minimumWindow,
    int evaluateEvery,
    Optional<Duration> evaluateSpan,
    List<String> slices) {
  private static final int WINDOW = 2000;
  private static final int WINDOW_OF_A_SPAN = 10_000;
  private static final int EVALUATE_EVERY = 1600;

  public ValidationSettings {
    slices = List.copyOf(slices);
  }

  /** What the holdout rule looks at. A replay always splits the same way. */
  public enum HoldoutBy {
    /** The record's partition and offset. */
    OFFSET,

    /** The record's key: records of one key are never on both sides. */
    KEY
  }

  public static ValidationSettings read(Section root, int batchSize) {
    Section section = root.section("validation");
    Extent window =
        Extent.read(
            section.text("window", "the newest held-out records, on which the model is evaluated"),
            WINDOW,
            batchSize);
    int records = Math.min(maxWindow(section, window), window.records());
    Extent interval =
        Extent.read(
            section.text("evaluate_every", "trained records between two evaluations"),
            EVALUATE_EVERY,
            batchSize);
    return new ValidationSettings(
        section
            .decimal("holdout", "share of the records held out for validation")
            .atLeast(0)
            .atMost(0.9)
            .orElse(0.1),
        section
            .choice("holdout_by", HoldoutBy.class, "what decides whether a record is held out")
            .orElse(HoldoutBy.OFFSET),
        section
            .text(
                "group_by",
                "field that decides instead: records of one value are all trained or all held out")
            .optional(),
        records,
        window.span(),
        minimumWindow(section, records),
        interval.span().isPresent() ? EVALUATE_EVERY : interval.records(),
        interval.span(),
        section
            .texts("slices", "fields for whose values the model is evaluated separately")
            .orElse(List.of()));
  }

  private static int minimumWindow(Section section, int records) {
    return section
        .integer(
            "min_window",
            "held-out records needed before the first evaluation, unless the topic falls silent")
        .atLeast(1)
        .orElse(Math.min(records, 200));
  }

  private static int maxWindow(Section section, Extent window) {
    return section
        .integer("max_window", "most records of a window that is given as a time")
        .atLeast(1)
        .optional()
        .orElse(window.span().isPresent() ? WINDOW_OF_A_SPAN : window.records());
  }

  /** Removes records from the window that are older than it should span. */
  public void expire(RollingWindow window, long nowMillis) {
    windowSpan.ifPresent(span -> window.expire(nowMillis, span.toMillis()));
  }

  /** Returns whether a record with this 64-bit hash is held out. */
  public boolean holdsOut(long hash) {
    return (hash >>> 11) * 0x1.0p-53 < holdout;
  }

  /**
   * Returns how many times the window is renewed in a number of evaluations. Below about one and a
   * half, most of the window is from the time of the old best weights [1].
   *
   * <p>[1] services/docs/learning-on-a-stream.md
   */
  public Optional<Double> windowsIn(int evaluations) {
    if (windowSpan.isPresent() && evaluateSpan.isPresent()) {
      double span = evaluateSpan.get().toMillis() * (double) evaluations;
      return Optional.of(span / windowSpan.get().toMillis());
    }
    if (windowSpan.isPresent() || evaluateSpan.isPresent() || holdout == 0) {
      return Optional.empty(); // the rate of records is unknown
    }
    return Optional.of((double) evaluations * evaluateEvery * holdout / window);
  }
}
