package io.millrace.learning.champion;

import io.millrace.settings.Section;

/**
 * The section {@code champion} of a model's settings: when newer weights are served, and when older
 * ones are served again. Significances are standard errors of a paired difference of losses.
 *
 * @param minimumTrained trained records before the first version is served
 * @param minimumRecords held-out records needed for a comparison
 * @param promoteMinimumDelta how much smaller a challenger's loss must be
 * @param promoteSignificance standard errors by which it must be smaller
 * @param vetoSignificance standard errors by which the running learner's newer weights must be
 *     worse to be held back
 * @param rollbackMinimumDelta how much larger than its predecessor's a new champion's loss must be
 * @param rollbackSignificance standard errors by which it must be larger
 * @param rollbackWindow held-out records after which a champion has passed its watch
 */
public record GateSettings(
    int minimumTrained,
    int minimumRecords,
    double promoteMinimumDelta,
    double promoteSignificance,
    double vetoSignificance,
    double rollbackMinimumDelta,
    double rollbackSignificance,
    int rollbackWindow) {

  /** Reads the section. */
  public static GateSettings read(Section champion) {
    Section promote = champion.section("promote");
    Section rollback = champion.section("rollback");
    return new GateSettings(
        minimumTrained(champion),
        champion
            .integer("min_records", "held-out records below which no two models are compared")
            .atLeast(2)
            .orElse(50),
        promote
            .decimal("min_delta", "how much smaller a challenger's loss has to be")
            .atLeast(0)
            .orElse(0.0),
        promote
            .decimal("significance", "by how many standard errors it has to be smaller")
            .atLeast(0)
            .orElse(1.64),
        champion
            .section("veto")
            .decimal(
                "significance",
                "standard errors by which the running learner's weights have to be worse, to be"
                    + " held back")
            .atLeast(0)
            .orElse(1.64),
        rollback
            .decimal("min_delta", "how much larger a new champion's loss has to be, to go back")
            .atLeast(0)
            .orElse(0.0),
        rollback
            .decimal("significance", "by how many standard errors it has to be larger")
            .atLeast(0)
            .orElse(3.0),
        rollback
            .integer("window", "held-out records for which a new champion is watched")
            .atLeast(2)
            .orElse(1000));
  }

  private static int minimumTrained(Section champion) {
    return champion
        .integer(
            "min_trained",
            "trained records before the first version is served; an evaluation comes before it"
                + " too where records are held out")
        .atLeast(1)
        .orElse(32);
  }
}
