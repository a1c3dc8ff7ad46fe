package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.predictor.predictionlog.Sampling;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Splits requests between champion and challenger. An id always gets the same version while
 * settings, champion and challenger stay. Requests without an id are spread pseudorandomly. Safe
 * for any thread.
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

  /** Returns the version for a request that names none; null if there is no version yet. */
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
