package io.millrace.predictor.following;

import io.millrace.predictor.following.StalenessLimit.WhenStale;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Health;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readiness of one model. The model is not ready while it has no version, or while its version
 * is older than the settings allow and they ask for more than a warning. Owned by the following
 * thread.
 */
final class Freshness {
  private static final Logger LOGGER = LoggerFactory.getLogger(Freshness.class);

  private final Health health;
  private final String model;
  private final String part;
  private final StalenessLimit limit;
  private final Clock clock;
  private boolean warned;

  /** Reports at once that there is no version yet. */
  Freshness(Health health, String model, StalenessLimit limit, Clock clock) {
    this.health = health;
    this.model = model;
    this.part = "model " + model;
    this.limit = limit;
    this.clock = clock;
    check(null, ServedVersions.NONE.absence());
  }

  /**
   * Reports whether the model is ready.
   *
   * @param absence why there is no champion, as a phrase that follows "has"
   */
  void check(@Nullable ServedModel champion, String absence) {
    if (champion == null) {
      health.notReady(part, "it has " + absence);
      return;
    }
    boolean stale = isStale(champion);
    if (stale && limit.whenStale() == WhenStale.NOT_READY) {
      health.notReady(
          part,
          "version %d was made at %s, longer ago than serving.max_staleness"
              .formatted(champion.number(), champion.createdAt()));
      return;
    }
    health.ready(part);
    if (stale && !warned) {
      warn(champion);
    }
    warned = stale;
  }

  private void warn(ServedModel champion) {
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.MODEL, model)
        .addKeyValue(LogKeys.VERSION, champion.number())
        .log("The version served was made longer ago than serving.max_staleness");
  }

  private boolean isStale(ServedModel champion) {
    return limit
        .limit()
        .filter(age -> champion.createdAt().plus(age).isBefore(clock.instant()))
        .isPresent();
  }
}
