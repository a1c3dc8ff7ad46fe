package io.millrace.predictor.following;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The metrics of following one model. Updated by the following thread. */
final class FollowingMetrics {
  private final Counter swaps;
  private final Counter refusals;
  private final Timer loading;
  private volatile @Nullable ServedModel champion;

  FollowingMetrics(MeterRegistry registry, String model) {
    swaps =
        Counter.builder("millrace.serving.swaps")
            .description("How often another version became the one served.")
            .tag("model", model)
            .register(registry);
    refusals =
        Counter.builder("millrace.serving.refusals")
            .description("Checkpoints that were corrupt, did not fit, or were older than known.")
            .tag("model", model)
            .register(registry);
    loading =
        Timer.builder("millrace.serving.load")
            .description("How long a checkpoint took from its manifest to being ready to serve.")
            .tag("model", model)
            .register(registry);
    Gauge.builder("millrace.serving.version", this, FollowingMetrics::version)
        .description("The version served; 0 before the first.")
        .tag("model", model)
        .register(registry);
    Gauge.builder("millrace.serving.version.timestamp.seconds", this, FollowingMetrics::madeAt)
        .description("When the version served was made, as Unix time; NaN before the first.")
        .tag("model", model)
        .register(registry);
  }

  void refused() {
    refusals.increment();
  }

  void loaded(Duration time) {
    loading.record(time);
  }

  void swapped(ServedModel model) {
    champion = model;
    swaps.increment();
  }

  private double version() {
    return champion == null ? 0 : champion.number();
  }

  private double madeAt() {
    return champion == null ? Double.NaN : champion.createdAt().toEpochMilli() / 1000.0;
  }
}
