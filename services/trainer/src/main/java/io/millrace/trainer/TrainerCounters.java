package io.millrace.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.learning.Counts;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.training.Stage;
import io.millrace.trainer.training.TrainerProgress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What a trainer's process has done since its start. These counters only grow: what is learned
 * again after a return to a checkpoint was done twice, and counts twice. Events are counted once
 * they are visible on their topic, so they count once.
 *
 * <p>Updated by the training thread, a few times a second.
 */
final class TrainerCounters {
  private final MeterRegistry registry;
  private final List<Counted> counted = new ArrayList<>();
  private final Map<TrainingEvent.EventCase, Counter> events =
      new EnumMap<>(TrainingEvent.EventCase.class);
  private volatile double evaluatedAt = Double.NaN;
  private volatile double checkpointAt = Double.NaN;

  TrainerCounters(MeterRegistry registry) {
    this.registry = registry;
    records("trained", Counts::trained);
    records("validated", Counts::validated);
    records("rejected", Counts::rejected);
    records("scored", Counts::scored);
    for (Reason reason : Reason.values()) {
      add(
          builder("rejections", "Rejected records, by the reason.").tag("reason", reason.name()),
          progress -> progress.rejections().getOrDefault(reason, 0L));
    }
    for (Stage stage : Stage.values()) {
      add(
          builder("stage.seconds", "What the training thread spends its time on.")
              .tag("stage", lowerCase(stage)),
          progress -> progress.secondsByStage().getOrDefault(stage, 0.0));
    }
    add(
        builder("steps", "Steps of the optimizer."),
        progress -> progress.learning().counts().steps());
    add(
        builder("lost.records", "Records that retention removed before they were read."),
        TrainerProgress::lost);
    add(
        builder("unwritten", "Dead letters and events that their topics did not take."),
        TrainerProgress::unwritten);
    for (TrainingEvent.EventCase event : TrainingEvent.EventCase.values()) {
      event(event);
    }
    timestamp("evaluation", "When the newest evaluation was made", () -> evaluatedAt);
    timestamp("checkpoint", "When the newest checkpoint was written", () -> checkpointAt);
  }

  /** Adds what was done between two measurements of one loop. */
  void measured(TrainerProgress before, TrainerProgress now) {
    counted.forEach(one -> one.add(before, now));
    if (now.version() > before.version()) {
      checkpointAt = registry.config().clock().wallTime() / 1000.0;
    }
  }

  /** Counts an event that has become visible. */
  void published(TrainingEvent event) {
    Counter counter = events.get(event.getEventCase());
    if (counter != null) {
      counter.increment();
    }
    if (event.hasEvaluation()) {
      evaluatedAt = event.getTimeMillis() / 1000.0;
    }
  }

  private void records(String outcome, ToDoubleFunction<Counts> count) {
    add(
        builder("records", "Records by what became of them.").tag("outcome", outcome),
        progress -> count.applyAsDouble(progress.learning().counts()));
  }

  private void event(TrainingEvent.EventCase event) {
    if (event != TrainingEvent.EventCase.EVENT_NOT_SET) {
      events.put(
          event,
          builder("events", "Events on the events topic, by what happened.")
              .tag("event", lowerCase(event))
              .register(registry));
    }
  }

  private void add(Counter.Builder builder, ToDoubleFunction<TrainerProgress> value) {
    counted.add(new Counted(builder.register(registry), value));
  }

  private void timestamp(String what, String description, Supplier<Number> at) {
    Gauge.builder("millrace.trainer.last." + what + ".timestamp.seconds", at)
        .description(description + ", as Unix time; NaN before the first of this process.")
        .strongReference(true)
        .register(registry);
  }

  private static Counter.Builder builder(String name, String description) {
    return Counter.builder("millrace.trainer." + name).description(description);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A counter and the value whose growth it counts. */
  private record Counted(Counter counter, ToDoubleFunction<TrainerProgress> value) {
    void add(TrainerProgress before, TrainerProgress now) {
      counter.increment(Math.max(0, value.applyAsDouble(now) - value.applyAsDouble(before)));
    }
  }
}
