package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.predictor.predictionlog.Sampling;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Shares requests between champion and challenger: a request's id always goes the same way while
 * the settings and the two stay; requests without an id are spread. Safe for any thread.
 */
final class Traffic {
  private static final long PURPOSE = 2;

  private final double challengerShare;
  private final AtomicLong withoutId = new AtomicLong();

  Traffic(RoutingSettings settings) {
    challengerShare =
        (double) settings.challengerShare()
            / (settings.championShare() + settings.challengerShare());
  }

  /** Returns the version for a request that names none; null where there is no version yet. */
  @Nullable ServedModel choose(ServedVersions versions, String id) {
    ServedModel challenger = versions.challenger();
    if (challenger == null || challengerShare == 0) {
      return versions.champion();
    }
    double number =
        id.isEmpty() ? Sampling.of(withoutId.incrementAndGet()) : Sampling.of(id, PURPOSE);
    return number < challengerShare ? challenger : versions.champion();
  }
}
