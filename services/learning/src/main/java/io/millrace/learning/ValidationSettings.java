package io.millrace.learning;

import io.millrace.settings.Section;

/**
 * How records are held out and how often the model is judged by them.
 *
 * @param holdout the share of records held out
 * @param holdoutBy what decides on a record
 * @param window how many of the newest held-out records judge the model
 * @param minimumWindow how many are needed before the first evaluation
 * @param evaluateEvery trained records between two evaluations
 */
public record ValidationSettings(
    double holdout, HoldoutBy holdoutBy, int window, int minimumWindow, int evaluateEvery) {

  /** What the holdout rule looks at. A replay always splits alike. */
  public enum HoldoutBy {
    /** The record's partition and offset. */
    OFFSET,

    /** The record's key: records of one key are never on both sides. */
    KEY
  }

  static ValidationSettings read(Section root) {
    Section section = root.section("validation");
    int window =
        section
            .integer("window", "newest held-out records that the model is judged by")
            .atLeast(1)
            .orElse(2000);
    return new ValidationSettings(
        section
            .decimal("holdout", "share of the records held out for validation")
            .atLeast(0)
            .atMost(0.9)
            .orElse(0.1),
        section
            .choice("holdout_by", HoldoutBy.class, "what decides whether a record is held out")
            .orElse(HoldoutBy.OFFSET),
        window,
        section
            .integer("min_window", "held-out records needed before the first evaluation")
            .atLeast(1)
            .orElse(Math.min(window, 200)),
        section
            .integer("evaluate_every", "trained records between two evaluations")
            .atLeast(1)
            .orElse(1600));
  }

  /** Returns whether a record with this 64-bit hash is held out. */
  public boolean holdsOut(long hash) {
    return (hash >>> 11) * 0x1.0p-53 < holdout;
  }
}
