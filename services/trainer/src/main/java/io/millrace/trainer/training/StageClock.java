package io.millrace.trainer.training;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Measures the time spent in each stage, without allocating. Owned by the training thread. */
final class StageClock {
  private final LongSupplier nanoTime;
  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);
  private Stage stage = Stage.POLLING;
  private long since;

  StageClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
    for (Stage each : Stage.values()) {
      nanos.put(each, new LongAdder());
    }
  }

  /** Ends the current stage and enters the next. */
  void enter(Stage next) {
    long now = nanoTime.getAsLong();
    adder(stage).add(now - since);
    since = now;
    stage = next;
  }

  long nanos(Stage asked) {
    return adder(asked).sum();
  }

  private LongAdder adder(Stage of) {
    return Objects.requireNonNull(nanos.get(of));
  }
}
