package io.millrace.learning;

import io.millrace.learning.LearningEvent.Diverged;
import io.millrace.learning.LearningEvent.EarlyStopped;
import io.millrace.learning.LearningEvent.LearningRateReduced;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.LearningEvent.Unmeasured;
import io.millrace.learning.evaluation.Evaluation;
import io.millrace.learning.evaluation.TrainingDecision;
import io.millrace.learning.model.Weights;
import io.millrace.learning.state.State;
import io.millrace.learning.training.TrainedModel;
import java.util.function.Consumer;

/**
 * The current round of training. Changes its {@link Phase} as the policies advise and as losses
 * diverge, and begins the next round. Owned by one thread.
 */
final class Round {
  private final LearnerSettings settings;
  private final TrainedModel model;
  private final Policies policies;
  private final DivergenceGuard guard;
  private final Counter counter;
  private final Consumer<LearningEvent> events;
  private Phase phase;

  Round(
      LearnerSettings settings,
      TrainedModel model,
      Policies policies,
      Counter counter,
      Consumer<LearningEvent> events) {
    this.settings = settings;
    this.model = model;
    this.policies = policies;
    this.counter = counter;
    this.events = events;
    guard = new DivergenceGuard(model);
    phase = Phase.first(settings.validation());
  }

  Phase phase() {
    return phase;
  }

  boolean trains() {
    return phase.trains();
  }

  /** Returns the weights that training goes back to when it diverges. */
  Weights lastGood() {
    return guard.lastGood();
  }

  long divergences() {
    return guard.divergences();
  }

  /**
   * Begins a round: policies start over, weights and optimizer stay, the learning rate is reset.
   */
  void begin(RoundCause cause) {
    policies.reset();
    model.resetLearningRate();
    phase = Phase.first(settings.validation());
    counter.roundBegan();
    events.accept(new RoundStarted(counter.learnedFrom(), counter.round(), cause));
  }

  /** Begins a round in which earlier divergences no longer count. */
  void beginAnew(RoundCause cause) {
    guard.reset(model);
    begin(cause);
  }

  /** Begins the first round with other weights than drawn ones. */
  void beginWith(Weights weights) {
    model.goOnFrom(weights);
    guard.reset(model);
  }

  /** Takes the loss of a step. If it is not finite, training goes back to the last good weights. */
  void stepped(double loss) {
    counter.stepped();
    if (!Double.isFinite(loss)) {
      goBack();
    }
  }

  /** Counts records that were scored but not trained; enough of them begin a round. */
  void scored(int records) {
    counter.scored(records);
    if (phase == Phase.CONVERGED
        && settings
            .restartAfter()
            .filter(after -> counter.sinceRoundEnded() >= after)
            .isPresent()) {
      begin(RoundCause.RECORDS);
    }
  }

  /** Acts on the policies' advice after an evaluation of {@code current}. */
  void evaluated(Evaluation evaluation, Weights current) {
    if (!trains()) {
      return;
    }
    phase = Phase.TRAINING;
    if (!evaluation.servable()) {
      goBack(); // mini-batch losses are still finite, but predictions on the window are not
      return;
    }
    guard.remember(model);
    policies
        .lost(evaluation)
        .forEach(name -> events.accept(new Unmeasured(counter.learnedFrom(), name)));
    TrainingDecision decision = policies.after(evaluation, current, model.learningRate());
    reduceRate(decision.learningRate());
    if (decision.stop()) {
      stop();
    }
  }

  void save(State state) {
    state.put("phase", phase.name());
    guard.save(state.child("divergence"));
    policies.save(state.child("policies"));
  }

  void restore(State state) {
    phase = Phase.valueOf(state.text("phase"));
    guard.restore(state.child("divergence"));
    policies.restore(state.child("policies"));
  }

  private void goBack() {
    boolean failed = !guard.recover(model);
    phase = failed ? Phase.FAILED : phase;
    events.accept(new Diverged(counter.learnedFrom(), failed));
  }

  private void reduceRate(double rate) {
    double before = model.learningRate();
    if (rate != before) {
      model.changeLearningRate(rate);
      events.accept(new LearningRateReduced(counter.learnedFrom(), before, rate));
    }
  }

  private void stop() {
    policies.atEnd().ifPresent(model::goOnFrom);
    phase = Phase.CONVERGED;
    counter.roundEnded();
    events.accept(new EarlyStopped(counter.learnedFrom()));
  }
}
