package io.millrace.learning;

import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.champion.Gate;
import io.millrace.learning.champion.GateSettings;
import io.millrace.learning.champion.Maturity;
import io.millrace.learning.devices.Engine;
import io.millrace.learning.evaluation.Evaluation;
import io.millrace.learning.evaluation.Prequential;
import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.inspection.Inspector;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.state.State;
import io.millrace.learning.training.TrainedModel;
import io.millrace.learning.training.TrainedNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The learning loop, driven from outside by one decoded record at a time.
 *
 * <p>A decoder writes the next record into {@link #batch}. The caller then decides what happens to
 * it: {@link #train}, {@link #validate} or {@link #reject}. Every full mini-batch is scored before
 * it is trained on (test-then-train). At intervals the model is evaluated on the rolling validation
 * window, and the policies advise. Nothing here depends on the clock, or on randomness beyond the
 * seed: the same records in the same order give the same weights, bit for bit.
 *
 * <p>Owned by one thread. {@link #state} may be called only while no record is {@link #pending}.
 */
public final class Learner {
  private final ModelDefinition definition;
  private final LearnerSettings settings;
  private final Consumer<LearningEvent> events;
  private final Engine engine;
  private final Optional<RivalSet> rivals;
  private final TrainedModel model;
  private final int batchSize;
  private final ExampleBatch batch;
  private final RecordContext context;
  private final Validation validation;
  private final Prequential prequential;
  private final BaselineWatch baselines;
  private final Round round;
  private final Optional<DriftReaction> drift;
  private final Weights served;
  private final Counter counter = new Counter();
  private boolean rewound;

  /** Makes a learner with the initial weights of the settings' seed and no listener. */
  public Learner(ModelDefinition definition, LearnerSettings settings) {
    this(definition, settings, event -> {});
  }

  /**
   * Makes a learner with the initial weights of the settings' seed.
   *
   * @param events receives what happens, on the learner's thread
   */
  public Learner(
      ModelDefinition definition, LearnerSettings settings, Consumer<LearningEvent> events) {
    this.definition = definition;
    this.settings = settings;
    this.events = events;
    batchSize = settings.batchSize();
    engine = settings.training().device().open();
    rivals =
        settings.rivals().map(chosen -> new RivalSet(definition, chosen, engine, counter, events));
    model =
        rivals.isPresent()
            ? rivals.get()
            : new TrainedNetwork(definition, settings.training(), engine.kernels());
    batch =
        new ExampleBatch(
            settings.batchCapacity(), definition.inputWidths(), definition.targetWidths());
    validation =
        new Validation(
            definition,
            settings.validation(),
            rivals.isPresent() ? engine.ofOneThread() : engine.kernels());
    context = validation.newContext();
    prequential = new Prequential(definition, batchSize);
    baselines = new BaselineWatch(definition.outputs().size(), events);
    Policies policies =
        new Policies(definition, settings, validation.evaluator(), validation.window());
    round = new Round(settings, model, policies, counter, events);
    drift = DriftReaction.of(definition, settings, model, round, counter, events);
    served = new Weights(definition);
  }

  /** Returns the definition of the model as it is now. */
  public ModelDefinition definition() {
    return model.definition();
  }

  /** Returns the engine that training runs on. */
  public Engine engine() {
    return engine;
  }

  /** Returns the mini-batch; decoders write its next row. */
  public ExampleBatch batch() {
    return batch;
  }

  /** Returns the context of the next record; decoders write it beside the row. */
  public RecordContext context() {
    return context;
  }

  /** Returns whether the record with this 64-bit hash of its position or key is held out. */
  public boolean holdsOut(long hash) {
    return settings.validation().holdsOut(hash);
  }

  /** Moves the decoded row to the validation window. */
  public void validate() {
    counter.happened(context.timeMillis());
    validation.add(batch, context, counter.timeOf(context.timeMillis()));
    counter.validated();
  }

  /** Counts a record that could not be decoded. */
  public void reject() {
    counter.rejected();
  }

  /** Adds the decoded row to the mini-batch and learns from the batch when it is full. */
  public void train() {
    counter.happened(context.timeMillis());
    batch.advance();
    if (batch.size() == batchSize) {
      flush();
    }
  }

  /** Returns whether one more row fills the mini-batch. */
  public boolean isOneShort() {
    return batch.size() + 1 == batchSize;
  }

  /** Returns how many decoded rows the mini-batch holds. */
  public int pending() {
    return batch.size();
  }

  /** Learns from the mini-batch, full or not. */
  public void flush() {
    if (batch.size() == 0) {
      return;
    }
    if (rewound) {
      relearn();
    } else {
      learn();
    }
    counter.passed(batch.size());
    batch.clear();
    if (counter.isEvaluationDue(settings.validation())) {
      evaluateNow();
    }
  }

  /**
   * Begins a round on request, with a new model. Valid while no record is pending.
   *
   * @param fromFirstWeights whether training restarts from the initial weights, or from the current
   *     ones
   */
  public void retrain(boolean fromFirstWeights) {
    model.startOver(fromFirstWeights);
    round.beginAnew(RoundCause.COMMAND);
  }

  /**
   * Begins a round: policies start over, weights and optimizer stay. Valid while no record is
   * pending.
   */
  public void newRound(RoundCause cause) {
    round.beginAnew(cause);
  }

  /**
   * Sets whether the next records are repeated after a rewind. Repeated records are trained, but
   * neither scored nor counted, and the drift detector does not get them. Valid while no record is
   * pending.
   */
  public void rewound(boolean again) {
    rewound = again;
  }

  /** Evaluates the model now, in addition to the regular evaluations. */
  public void evaluateNow() {
    counter.evaluationBegan();
    validation.expire(counter.now());
    if (validation.isEnough()) {
      evaluateWindow();
    }
  }

  /**
   * Evaluates the model now, even if the window has fewer records than the settings ask for.
   *
   * @return false if it has none, so that there is no evaluation
   */
  public boolean evaluateEarly() {
    validation.expire(counter.now());
    if (validation.window().size() == 0) {
      return false;
    }
    counter.evaluationBegan();
    evaluateWindow();
    return true;
  }

  /** Returns a new gate that compares this learner's weights with the served ones. */
  public Gate newGate(GateSettings gate) {
    Maturity maturity =
        new Maturity(
            settings.training().initialWeights().filter(InitialWeights::fillsAll).isPresent(),
            settings.validation().holdout() > 0,
            counter::trained,
            counter::evaluations);
    return new Gate(
        definition,
        gate,
        maturity,
        model::copyServedTo,
        validation.window(),
        validation.evaluator());
  }

  /** Returns how many records were trained on, scored, held out or rejected. */
  public long consumed() {
    return counter.consumed();
  }

  /** Returns how many records were trained on or scored. */
  public long learnedFrom() {
    return counter.learnedFrom();
  }

  /** Returns how many records were trained again {@linkplain #rewound after a rewind}. */
  public long learnedAgain() {
    return counter.learnedAgain();
  }

  /** Returns the state of training. */
  public Progress progress() {
    return new Progress(
        counter.counts(),
        round.phase(),
        model.learningRate(),
        validation.window().size(),
        counter.round(),
        counter.drifts(),
        round.divergences(),
        prequential.values(),
        validation.scores(),
        progressOfRivals());
  }

  private List<RivalProgress> progressOfRivals() {
    return rivals.map(RivalSet::progress).orElse(List.of());
  }

  /** Looks into the model as it is served now. It costs a pass over the window, changes nothing. */
  public Inspection inspect() {
    model.copyServedTo(served);
    return new Inspector(definition, validation.evaluator(), served, validation.window())
        .inspect(
            counter.learnedFrom(),
            model.learningRate(),
            model.stepped(),
            drift.map(DriftReaction::inspect));
  }

  /** Returns what serving needs: the weights and the statistics of preprocessing. */
  public State weights() {
    model.copyServedTo(served);
    State state = new State();
    served.save(state);
    return state;
  }

  /**
   * Returns what resuming needs besides {@link #weights}.
   *
   * @throws IllegalStateException if records are pending
   */
  public State state() {
    if (pending() > 0) {
      throw new IllegalStateException(pending() + " records wait in the mini-batch");
    }
    State state = new State();
    round.save(state);
    counter.save(state.child("counts"));
    model.save(state.child("network"));
    prequential.save(state.child("prequential"));
    validation.save(state);
    baselines.save(state.child("baselines"));
    drift.ifPresent(reaction -> reaction.save(state.child("drift")));
    return state;
  }

  /** Begins with weights of the same model that were learned elsewhere. Valid before any record. */
  public void beginWith(State weights) {
    served.restore(weights);
    round.beginWith(served);
  }

  /** Restores a saved learner. Training continues exactly as the saved one would have. */
  public void restore(State weights, State state) {
    batch.clear();
    served.restore(weights);
    counter.restore(state.child("counts"));
    model.restore(served, state.child("network"));
    round.restore(state);
    prequential.restore(state.child("prequential"));
    validation.restore(state);
    baselines.restore(state.child("baselines"));
    if (state.contains("drift")) {
      drift.ifPresent(reaction -> reaction.restore(state.child("drift")));
    }
  }

  /**
   * Returns the SHA-256 of parameters and non-trainable weights as little-endian float32, in order.
   */
  public byte[] parametersSha256() {
    return model.parametersSha256();
  }

  private void learn() {
    if (drift.isPresent()) { // a lambda would be an object for each step
      drift.get().keep(batch);
    }
    if (round.trains()) {
      counter.trained(batch.size());
      round.stepped(model.scoreAndLearn(batch, prequential));
    } else {
      model.score(batch, prequential);
      round.scored(batch.size());
    }
    if (drift.isPresent()) {
      drift.get().after(batch, prequential.lossPerRow());
    }
  }

  private void relearn() {
    counter.trainedAgain(batch.size());
    if (round.trains()) {
      round.stepped(model.relearn(batch));
    }
  }

  private void evaluateWindow() {
    model.copyServedTo(served);
    Evaluation evaluation = validation.evaluate(served, round.lastGood());
    counter.evaluated();
    Map<String, Double> scores = prequential.values();
    scores.putAll(evaluation.scores());
    events.accept(
        new Evaluated(counter.learnedFrom(), model.learningRate(), scores, progressOfRivals()));
    baselines.evaluated(validation.comparisons(), counter.learnedFrom());
    round.evaluated(evaluation, served);
  }
}
