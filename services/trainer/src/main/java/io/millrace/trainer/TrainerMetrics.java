package io.millrace.trainer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.training.Stage;
import io.millrace.trainer.training.TrainerProgress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a trainer. They read its newest progress, so a scrape does not disturb training.
 */
final class TrainerMetrics {
  private final MeterRegistry registry;
  private final Supplier<TrainerProgress> progress;

  /**
   * @param scores the names of the scores of {@link Progress#prequential} and {@link
   *     Progress#validation}
   */
  TrainerMetrics(MeterRegistry registry, Supplier<TrainerProgress> progress, List<String> scores) {
    this.registry = registry;
    this.progress = progress;
    records("trained", Counts::trained);
    records("validated", Counts::validated);
    records("rejected", Counts::rejected);
    records("scored", Counts::scored);
    gauges();
    scores.forEach(this::score);
    for (Phase phase : Phase.values()) {
      phase(phase);
    }
    for (Stage stage : Stage.values()) {
      stage(stage);
    }
    for (Reason reason : Reason.values()) {
      rejections(reason);
    }
  }

  private void gauges() {
    gauge("lag", "Records of the topic not fetched yet.", TrainerProgress::lag);
    gauge("lost", "Records that retention removed unread.", TrainerProgress::lost);
    gauge("unwritten", "Dead letters and events not taken.", TrainerProgress::unwritten);
    gauge("rate", "Records a second.", TrainerProgress::recordsPerSecond);
    gauge("step.seconds", "Time of one step.", TrainerProgress::secondsPerStep);
    gauge("checkpoint", "The version of the newest checkpoint.", TrainerProgress::version);
    gauge("champion", "The version that is served.", p -> p.control().champion());
    gauge("paused", "1 while no record is consumed.", p -> p.control().paused() ? 1 : 0);
    gauge("learning.rate", "The next step's rate.", p -> p.learning().learningRate());
    gauge("window", "Records in the validation window.", p -> p.learning().windowSize());
    gauge("divergences", "Returns to good weights.", p -> p.learning().divergences());
    gauge("loss", "Loss before learning.", p -> score(p.learning().prequential(), "loss"));
    gauge("val.loss", "Loss on the window.", p -> score(p.learning().validation(), "val_loss"));
  }

  private void gauge(String name, String description, ToDoubleFunction<TrainerProgress> value) {
    Gauge.builder("millrace.trainer." + name, () -> value.applyAsDouble(progress.get()))
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
    Progress learning = progress.get().learning();
    return score(name.startsWith("val_") ? learning.validation() : learning.prequential(), name);
  }

  private void records(String outcome, ToDoubleFunction<Counts> count) {
    FunctionCounter.builder(
            "millrace.trainer.records",
            progress,
            source -> count.applyAsDouble(source.get().learning().counts()))
        .description("Records of the model's life, by what became of them.")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void phase(Phase phase) {
    Gauge.builder(
            "millrace.trainer.phase", () -> progress.get().learning().phase() == phase ? 1 : 0)
        .description("1 for the phase that training is in.")
        .tag("phase", lowerCase(phase))
        .register(registry);
  }

  private void stage(Stage stage) {
    FunctionCounter.builder(
            "millrace.trainer.stage.seconds",
            progress,
            source -> source.get().secondsByStage().getOrDefault(stage, 0.0))
        .description("What the training thread has spent its time on.")
        .tag("stage", lowerCase(stage))
        .register(registry);
  }

  private void rejections(Reason reason) {
    FunctionCounter.builder(
            "millrace.trainer.rejections",
            progress,
            source -> source.get().rejections().getOrDefault(reason, 0L))
        .description("Records rejected by this process.")
        .tag("reason", reason.name())
        .register(registry);
  }

  private static double score(Map<String, Double> scores, String name) {
    return scores.getOrDefault(name, Double.NaN);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
