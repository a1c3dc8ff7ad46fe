package io.millrace.trainer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.trainer.training.ProgressMeter;
import io.millrace.trainer.training.TrainerProgress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of a trainer. They read its newest progress, so a scrape does not disturb training.
 */
final class TrainerMetrics {
  private final MeterRegistry registry;
  private final ProgressMeter meter;

  /**
   * @param scores the names of the scores of {@link Progress#prequential} and {@link
   *     Progress#validation}
   */
  TrainerMetrics(MeterRegistry registry, ProgressMeter meter, List<String> scores) {
    this.registry = registry;
    this.meter = meter;
    gauges();
    scores.forEach(this::score);
    for (Phase phase : Phase.values()) {
      phase(phase);
    }
  }

  private void gauges() {
    gauge("lag.records", "Records of the topic that are not fetched yet.", TrainerProgress::lag);
    gauge("checkpoint.version", "The version of the newest checkpoint.", TrainerProgress::version);
    gauge("champion.version", "The version to serve.", p -> p.control().champion());
    gauge("paused", "1 while no record is consumed.", p -> p.control().paused() ? 1 : 0);
    gauge("learning.rate", "The next step's learning rate.", p -> p.learning().learningRate());
    gauge("window.records", "Records in the validation window.", p -> p.learning().windowSize());
    gauge("round", "The round of training, from 1.", p -> p.learning().round());
    gauge("term", "Take-overs of the model by trainers so far; NaN before its own.", p -> term());
  }

  private double term() {
    return meter.term() == 0 ? Double.NaN : meter.term();
  }

  private void gauge(String name, String description, ToDoubleFunction<TrainerProgress> value) {
    Gauge.builder("millrace.trainer." + name, () -> value.applyAsDouble(meter.newest()))
        .description(description)
        .register(registry);
  }

  private void score(String name) {
    Gauge.builder("millrace.trainer.score", () -> newest(name))
        .description("Loss, metrics and baselines: val_ on the window, others before learning.")
        .tag("score", name)
        .register(registry);
  }

  private double newest(String name) {
    Progress learning = meter.newest().learning();
    Map<String, Double> scores =
        name.startsWith("val_") ? learning.validation() : learning.prequential();
    return scores.getOrDefault(name, Double.NaN);
  }

  private void phase(Phase phase) {
    Gauge.builder(
            "millrace.trainer.phase", () -> meter.newest().learning().phase() == phase ? 1 : 0)
        .description("1 for the phase that training is in, 0 for the others.")
        .tag("phase", phase.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
