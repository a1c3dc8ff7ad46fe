package io.millrace.predictor.following;

import io.millrace.settings.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How old the version served may be, and what follows where it is older.
 *
 * @param limit none where any age will do
 */
public record StalenessLimit(Optional<Duration> limit, WhenStale whenStale) {
  /** Any age will do. */
  public static final StalenessLimit NONE =
      new StalenessLimit(Optional.empty(), WhenStale.NOT_READY);

  /** Reads its options from the section {@code serving}. */
  public static StalenessLimit read(Section serving) {
    return new StalenessLimit(
        serving
            .duration("max_staleness", "How old the version served may be.")
            .check("above 0s", limit -> !limit.isZero())
            .optional(),
        serving
            .choice("when_stale", WhenStale.class, "What follows where it is older.")
            .orElse(WhenStale.NOT_READY));
  }

  /** What follows a version that is too old. */
  public enum WhenStale {
    /** Nobody is routed here any more. */
    NOT_READY,
    /** The log says so, once. */
    WARN
  }
}
