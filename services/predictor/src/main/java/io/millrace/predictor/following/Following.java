package io.millrace.predictor.following;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Work;
import java.time.Clock;
import java.util.Map;

/**
 * What all followed models share.
 *
 * @param served where the models are published
 * @param maxRows the largest batch, in rows
 * @param rivals which rivals answer
 * @param staleness how old a version may be
 */
public record Following(
    ServedModels served,
    int maxRows,
    ServedRivals rivals,
    StalenessLimit staleness,
    Health health,
    MeterRegistry metrics,
    Clock clock) {

  /** Returns the work of a thread that follows one model. */
  public Work of(String model, Map<String, Object> consumerProperties, CheckpointTopics topics) {
    FollowingMetrics shown = new FollowingMetrics(metrics, model);
    ModelLoader loader = new ModelLoader(maxRows, rivals, clock);
    return new FollowingWork(
        model,
        consumerProperties,
        topics,
        loader,
        new Succession(model, served, shown, loader::reuse),
        new Freshness(health, model, staleness, clock));
  }
}
