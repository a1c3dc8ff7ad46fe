package io.millrace.trainer;

import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.runtime.lifecycle.Health;

/**
 * Makes a trainer that learns no more, because its losses were not finite too often, not ready. It
 * lives on: it reads records, answers commands and keeps the last good weights in service. Owned by
 * the training thread.
 */
final class Divergence {
  private static final String PART = "learning";

  private final Health health;
  private Phase seen = Phase.WARMING;

  Divergence(Health health) {
    this.health = health;
  }

  /** Reports a change; costs nothing where there is none. */
  void check(Progress learning) {
    Phase phase = learning.phase();
    if (phase == seen) {
      return;
    }
    if (phase == Phase.FAILED) {
      health.notReady(
          PART,
          "stopped in round %d, since the loss or an answer was not finite too often; the last good"
                  .formatted(learning.round())
              + " weights are served, and `millrace retrain` begins another round");
    } else if (seen == Phase.FAILED) {
      health.ready(PART);
    }
    seen = phase;
  }
}
