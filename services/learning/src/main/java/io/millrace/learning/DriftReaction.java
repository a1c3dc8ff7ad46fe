package io.millrace.learning;

import io.millrace.learning.LearningEvent.DriftDetected;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.inspection.DriftInspection;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.learning.training.TrainedModel;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches for drift and reacts as the settings say. Owned by one thread. */
final class DriftReaction {
  private final DriftWatch watch;
  private final int batchSize;
  private final TrainedModel model;
  private final Round round;
  private final Counter counter;
  private final Consumer<LearningEvent> events;

  private DriftReaction(
      DriftWatch watch,
      int batchSize,
      TrainedModel model,
      Round round,
      Counter counter,
      Consumer<LearningEvent> events) {
    this.watch = watch;
    this.batchSize = batchSize;
    this.model = model;
    this.round = round;
    this.counter = counter;
    this.events = events;
  }

  /** Returns the reaction that the settings ask for; empty if they watch for no drift. */
  static Optional<DriftReaction> of(
      ModelDefinition definition,
      LearnerSettings settings,
      TrainedModel model,
      Round round,
      Counter counter,
      Consumer<LearningEvent> events) {
    return settings
        .drift()
        .map(chosen -> new DriftWatch(definition, chosen))
        .map(
            watch -> new DriftReaction(watch, settings.batchSize(), model, round, counter, events));
  }

  /** Keeps the records of a mini-batch before preprocessing. */
  void keep(ExampleBatch batch) {
    watch.keep(batch);
  }

  /**
   * Looks for drift in the mini-batch that was just scored, and reacts. A rewind overwrites {@code
   * batch}.
   */
  void after(ExampleBatch batch, float[] lossPerRow) {
    long began = watch.observe(model.firstOutput(), batch, lossPerRow);
    if (began < 0 || round.phase() == Phase.FAILED) {
      return;
    }
    counter.drifted();
    events.accept(new DriftDetected(counter.learnedFrom(), began));
    DriftSettings reaction = watch.settings();
    switch (reaction.action()) {
      case ALERT -> {}
      case BOOST_LEARNING_RATE -> {
        model.boost(reaction.boost(), reaction.boostSteps());
        if (round.phase() == Phase.CONVERGED) {
          round.begin(RoundCause.DRIFT);
        }
      }
      case NEW_ROUND -> round.begin(RoundCause.DRIFT);
      case REWIND -> {
        round.begin(RoundCause.DRIFT);
        model.boost(reaction.boost(), reaction.boostSteps());
        rewind(batch, began, reaction.passes());
      }
    }
  }

  DriftInspection inspect() {
    return watch.inspect();
  }

  void save(State state) {
    watch.save(state);
  }

  void restore(State state) {
    watch.restore(state);
  }

  /** Trains again on the newest {@code records} of the kept records. */
  private void rewind(ExampleBatch batch, long records, int passes) {
    RollingWindow recent = watch.recent();
    long from = Math.max(recent.oldest(), recent.end() - records);
    for (int pass = 0; pass < passes; pass++) {
      for (long number = from; number < recent.end(); number += batchSize) {
        recent.copyTo(batch, number, (int) Math.min(batchSize, recent.end() - number));
        round.stepped(model.learnAgain(batch));
      }
    }
  }
}
