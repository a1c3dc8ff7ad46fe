package io.millrace.predictor.following;

import io.millrace.runtime.lifecycle.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether one model speaks against readiness: it has no version yet, or its version is older than
 * the settings allow. Owned by the following thread.
 */
final class Freshness {
  private final Health health;
  private final String part;
  private final Optional<Duration> maxStaleness;
  private final Clock clock;

  /** Says at once that there is no version yet. */
  Freshness(Health health, String model, Optional<Duration> maxStaleness, Clock clock) {
    this.health = health;
    this.part = "model " + model;
    this.maxStaleness = maxStaleness;
    this.clock = clock;
    check(null);
  }

  void check(@Nullable ServedModel champion) {
    if (champion == null) {
      health.notReady(part, "no checkpoint yet");
    } else if (isStale(champion)) {
      health.notReady(
          part,
          "version %d was made at %s, longer ago than serving.max_staleness"
              .formatted(champion.sequence(), champion.createdAt()));
    } else {
      health.ready(part);
    }
  }

  private boolean isStale(ServedModel champion) {
    return maxStaleness
        .filter(limit -> champion.createdAt().plus(limit).isBefore(clock.instant()))
        .isPresent();
  }
}
