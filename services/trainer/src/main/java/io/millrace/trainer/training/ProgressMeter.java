package io.millrace.trainer.training;

import io.millrace.learning.Progress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Measures a loop periodically. Any thread may read the measurements. Owned by the training thread.
 */
public final class ProgressMeter {
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final LongSupplier nanoTime;
  private final BiConsumer<TrainerProgress, TrainerProgress> listener;
  private volatile long term;
  private volatile TrainerProgress newest = TrainerProgress.NONE;
  private long measuredAt;

  public ProgressMeter(LongSupplier nanoTime) {
    this(nanoTime, (before, now) -> {});
  }

  /**
   * @param listener takes the measurement before and the new one, on the training thread; none of a
   *     loop that has just begun
   */
  public ProgressMeter(
      LongSupplier nanoTime, BiConsumer<TrainerProgress, TrainerProgress> listener) {
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.measuredAt = nanoTime.getAsLong();
  }

  /** Returns the newest measurement. */
  public TrainerProgress newest() {
    return newest;
  }

  /** Returns the term of the trainer in the manifest; 0 before it has taken over. */
  public long term() {
    return term;
  }

  /** Measures a loop that has just begun at a checkpoint, the first measurement of a term. */
  public void begin(TrainingLoop loop, long takenOverTerm) {
    term = takenOverTerm;
    newest = measured(loop, 0);
  }

  /** Measures if the newest measurement is older than the period. */
  public void observe(TrainingLoop loop) {
    if (nanoTime.getAsLong() - measuredAt >= PERIOD.toNanos()) {
      measure(loop);
    }
  }

  /** Measures now. */
  public void measure(TrainingLoop loop) {
    TrainerProgress before = newest;
    long records = loop.learning().counts().records() - before.learning().counts().records();
    TrainerProgress now = measured(loop, Math.max(0, records));
    newest = now;
    listener.accept(before, now);
  }

  private TrainerProgress measured(TrainingLoop loop, long records) {
    long now = nanoTime.getAsLong();
    double seconds = (now - measuredAt) / 1e9;
    Progress learning = loop.learning();
    long steps = learning.counts().steps() - newest.learning().counts().steps();
    double learningSeconds = loop.nanos(Stage.LEARNING) / 1e9 - learningSecondsBefore();
    measuredAt = now;
    return new TrainerProgress(
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
