package io.millrace.trainer.training;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Adds up the time that goes to each stage. Owned by the training thread. */
final class StageClock {
  private final LongSupplier nanoTime;
  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
  private Stage stage = Stage.POLLING;
  private long since;

  StageClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** Says that another stage begins. */
  void enter(Stage next) {
    long now = nanoTime.getAsLong();
    nanos.merge(stage, now - since, Long::sum);
    since = now;
    stage = next;
  }

  long nanos(Stage asked) {
    return nanos.getOrDefault(asked, 0L);
  }
}
