package io.millrace.predictor.following;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.checkpoints.CheckpointTopics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What all followed models have in common.
 *
 * @param served where they are published
 * @param maxRows the most rows that are inferred together
 * @param maxStaleness how old a version may be before it stands against readiness
 */
public record Following(
    ServedModels served,
    int maxRows,
    Optional<Duration> maxStaleness,
    Health health,
    MeterRegistry metrics,
    Clock clock) {

  /** Returns the work of a thread that follows one model. */
  public Work of(String model, Map<String, Object> consumerProperties, CheckpointTopics topics) {
    FollowingMetrics shown = new FollowingMetrics(metrics, model, clock);
    return new FollowingWork(
        model,
        consumerProperties,
        topics,
        new ModelLoader(maxRows),
        new Succession(model, served, shown),
        new Freshness(health, model, maxStaleness, clock));
  }
}
