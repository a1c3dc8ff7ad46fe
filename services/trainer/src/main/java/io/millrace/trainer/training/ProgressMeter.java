package io.millrace.trainer.training;

import io.millrace.learning.Counts;
import io.millrace.learning.Progress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Measures a loop periodically. Any thread may read the measurements. Owned by the training thread.
 */
public final class ProgressMeter {
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final LongSupplier nanoTime;
  private volatile TrainerProgress newest = TrainerProgress.NONE;
  private long measuredAt;

  public ProgressMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.measuredAt = nanoTime.getAsLong();
  }

  /** Returns the newest measurement. */
  public TrainerProgress newest() {
    return newest;
  }

  /** Measures if the newest measurement is older than the period. */
  public void observe(TrainingLoop loop) {
    if (nanoTime.getAsLong() - measuredAt >= PERIOD.toNanos()) {
      measure(loop);
    }
  }

  /** Measures now. */
  public void measure(TrainingLoop loop) {
    long now = nanoTime.getAsLong();
    double seconds = (now - measuredAt) / 1e9;
    Progress learning = loop.learning();
    Counts counts = learning.counts();
    Counts before = newest.learning().counts();
    // After a return to a checkpoint, the counts are smaller than before.
    long records = Math.max(0, counts.records() - before.records());
    long steps = counts.steps() - before.steps();
    double learningSeconds = loop.nanos(Stage.LEARNING) / 1e9 - learningSecondsBefore();
    newest =
        new TrainerProgress(
            learning,
            loop.status(),
            loop.version(),
            loop.lag(),
            loop.lost(),
            loop.unwritten(),
            seconds > 0 ? records / seconds : 0,
            steps > 0 ? Math.max(0, learningSeconds) / steps : newest.secondsPerStep(),
            loop.rejections(),
            loop.problems(),
            secondsByStage(loop));
    measuredAt = now;
  }

  private double learningSecondsBefore() {
    return newest.secondsByStage().getOrDefault(Stage.LEARNING, 0.0);
  }

  private static Map<Stage, Double> secondsByStage(TrainingLoop loop) {
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      seconds.put(stage, loop.nanos(stage) / 1e9);
    }
    return seconds;
  }
}
