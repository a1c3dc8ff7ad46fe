package io.millrace.learning;

import io.millrace.learning.LearningEvent.Diverged;
import io.millrace.learning.LearningEvent.DriftDetected;
import io.millrace.learning.LearningEvent.EarlyStopped;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.LearningRateReduced;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.devices.Engine;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The learning loop, driven from outside one decoded record at a time.
 *
 * <p>A decoder writes the next record into {@link #batch}; its owner then says what becomes of it:
 * {@link #train}, {@link #validate} or {@link #reject}. Every full mini-batch is scored before it
 * is trained on (test-then-train); every so many records the model is judged on the rolling
 * validation window, and the policies advise. Nothing here depends on time, or on chance outside
 * the seed: the same records in the same order give the same weights, bit for bit.
 *
 * <p>Owned by one thread. Saving is valid while no record is {@link #pending}.
 */
public final class Learner {
  private final ModelDefinition definition;
  private final LearnerSettings settings;
  private final Consumer<LearningEvent> events;
  private final Engine engine;
  private final TrainedNetwork network;
  private final Optimizer optimizer;
  private final Rows batch;
  private final RecordContext context;
  private final Slices slices;
  private final RollingWindow window;
  private final Prequential prequential;
  private final Judge judge;
  private final Policies policies;
  private final DivergenceGuard guard;
  private final Optional<DriftWatch> drift;
  private final Weights served;
  private final float[] windowLosses;
  private final Counter counter = new Counter();
  private Phase phase;
  private boolean rewound;
  private Map<String, Double> validation = Map.of();

  /** Makes a learner with the first weights of the settings' seed, whom nobody listens to. */
  public Learner(ModelDefinition definition, LearnerSettings settings) {
    this(definition, settings, event -> {});
  }

  /**
   * Makes a learner with the first weights of the settings' seed.
   *
   * @param events is told what happens, in the learner's thread
   */
  public Learner(
      ModelDefinition definition, LearnerSettings settings, Consumer<LearningEvent> events) {
    this.definition = definition;
    this.settings = settings;
    this.events = events;
    int windowSize = settings.validation().window();
    engine = settings.device().open();
    network = new TrainedNetwork(definition, settings, engine.kernels());
    optimizer = network.optimizer();
    batch = new Rows(settings.batchCapacity(), definition.inputWidths(), definition.targetWidths());
    slices = new Slices(settings.validation().slices());
    context = new RecordContext(slices.count());
    window =
        new RollingWindow(
            windowSize, definition.inputWidths(), definition.targetWidths(), slices.count());
    prequential = new Prequential(definition, settings.batchSize());
    judge = new Judge(definition, engine.kernels());
    policies = new Policies(definition, settings, judge, window);
    guard = new DivergenceGuard(network.newWeights(definition), optimizer);
    drift = settings.drift().map(watched -> new DriftWatch(definition, watched));
    served = network.newWeights(definition);
    windowLosses = new float[windowSize];
    phase = Phase.first(settings.validation());
  }

  /** Returns the names of all scores that a learner of a model tells, those of slices apart. */
  public static List<String> scoreNames(ModelDefinition definition) {
    List<String> names = new ArrayList<>(Prequential.names(definition));
    Scores.names(definition).forEach(name -> names.add("val_" + name));
    return List.copyOf(names);
  }

  /** Returns what training runs on. */
  public Engine engine() {
    return engine;
  }

  /** Returns the mini-batch whose next row decoders write. */
  public Rows batch() {
    return batch;
  }

  /** Returns where decoders write what the next record tells besides its row. */
  public RecordContext context() {
    return context;
  }

  /** Returns whether the record with this 64-bit hash of its position or key is held out. */
  public boolean holdsOut(long hash) {
    return settings.validation().holdsOut(hash);
  }

  /** Gives the decoded row to the validation window. */
  public void validate() {
    counter.happened(context.timeMillis());
    window.add(batch, batch.size(), context.timeMillis());
    for (int slice = 0; slice < slices.count(); slice++) {
      window.setSlice(slice, slices.number(slice, context.slice(slice)));
    }
    counter.validated++;
  }

  /** Counts a record that could not be decoded. */
  public void reject() {
    counter.rejected++;
  }

  /** Gives the decoded row to the mini-batch, which is learned from once it is full. */
  public void train() {
    counter.happened(context.timeMillis());
    batch.advance();
    if (batch.size() == settings.batchSize()) {
      flush();
    }
  }

  /** Returns whether the mini-batch will be learned from when it gets one more row. */
  public boolean isOneShort() {
    return batch.size() + 1 == settings.batchSize();
  }

  /** Returns how many decoded rows wait in the mini-batch. */
  public int pending() {
    return batch.size();
  }

  /** Learns from the mini-batch as it is. */
  public void flush() {
    if (batch.size() == 0) {
      return;
    }
    if (rewound) {
      relearn();
    } else {
      learn();
    }
    counter.sinceEvaluation += batch.size();
    batch.clear();
    if (isEvaluationDue()) {
      evaluateNow();
    }
  }

  /**
   * Begins a round on request: with the weights there are or with the first ones, and with a new
   * optimizer. Valid while no record is pending.
   */
  public void retrain(boolean fromFirstWeights) {
    TrainedNetwork untrained = new TrainedNetwork(definition, settings, engine.kernels());
    network.startOver(untrained, fromFirstWeights);
    guard.reset(network);
    beginRound("command");
  }

  /**
   * Begins a round as it is due: policies start over, weights and optimizer go on. Valid while no
   * record is pending.
   *
   * @param cause why it is due, such as {@code schedule}
   */
  public void newRound(String cause) {
    guard.reset(network);
    beginRound(cause);
  }

  /**
   * Says whether the records that come have come before. Such are trained and nothing else: they
   * are neither scored nor counted among the records, nor is the drift detector told of them. Valid
   * while no record is pending.
   */
  public void rewound(boolean again) {
    rewound = again;
  }

  /** Judges the model now, besides the evaluations that are due. */
  public void evaluateNow() {
    counter.sinceEvaluation = 0;
    counter.evaluatedAt = counter.newestTime;
    evaluate();
  }

  /** Returns a new gate that compares this learner's weights with those that are served. */
  public Gate newGate(GateSettings gate) {
    boolean holdsOut = settings.validation().holdout() > 0;
    return new Gate(definition, gate, holdsOut, network, window, judge);
  }

  /** Returns how many records were dealt with: learned from, scored, held out or rejected. */
  public long consumed() {
    return counter.learnedFrom() + counter.validated + counter.rejected;
  }

  /** Returns how many records were learned from or scored. */
  public long learnedFrom() {
    return counter.learnedFrom();
  }

  /** Returns how training stands. */
  public Progress progress() {
    return new Progress(
        counter.counts(),
        phase,
        optimizer.learningRate(),
        window.size(),
        counter.round,
        counter.drifts,
        guard.divergences(),
        prequential.values(),
        validation);
  }

  /** Returns what serving needs: the weights and how inputs are preprocessed. */
  public State weights() {
    network.copyServedTo(served);
    State state = new State();
    served.save(state);
    return state;
  }

  /** Returns what resuming needs besides {@link #weights}. */
  public State state() {
    if (pending() > 0) {
      throw new IllegalStateException(pending() + " records wait in the mini-batch");
    }
    State state = new State();
    state.put("phase", phase.name());
    counter.save(state.child("counts"));
    network.save(state.child("network"));
    guard.save(state.child("divergence"));
    policies.save(state.child("policies"));
    prequential.save(state.child("prequential"));
    window.save(state.child("window"));
    slices.save(state.child("slices"));
    drift.ifPresent(watch -> watch.save(state.child("drift")));
    state.putDecimals("validation", validation);
    return state;
  }

  /** Goes on exactly as the learner that was saved would have. */
  public void restore(State weights, State state) {
    batch.clear();
    served.restore(weights);
    phase = Phase.valueOf(state.text("phase"));
    counter.restore(state.child("counts"));
    network.restore(served, state.child("network"));
    guard.restore(state.child("divergence"));
    policies.restore(state.child("policies"));
    prequential.restore(state.child("prequential"));
    window.restore(state.child("window"));
    slices.restore(state.child("slices"));
    if (state.contains("drift")) {
      drift.ifPresent(watch -> watch.restore(state.child("drift")));
    }
    validation = state.decimalsByName("validation");
  }

  /** Returns the SHA-256 of parameters and statistics as little-endian float32, in order. */
  public byte[] parametersSha256() {
    return network.parametersSha256();
  }

  private void learn() {
    drift.ifPresent(watch -> watch.keep(batch));
    if (phase.trains()) {
      step();
    } else {
      score();
    }
    drift.ifPresent(this::watch);
  }

  private void relearn() {
    counter.retrained += batch.size();
    if (phase.trains()) {
      counter.steps++;
      recoverUnlessFinite(network.relearn(batch));
    }
  }

  private void step() {
    double loss = network.scoreAndLearn(batch, prequential);
    counter.trained += batch.size();
    counter.steps++;
    recoverUnlessFinite(loss);
  }

  private void score() {
    network.score(batch, prequential);
    counter.scored += batch.size();
    counter.sinceRoundEnded += batch.size();
    boolean isOver =
        settings.restartAfter().filter(records -> counter.sinceRoundEnded >= records).isPresent();
    if (phase == Phase.CONVERGED && isOver) {
      beginRound("records");
    }
  }

  private void recoverUnlessFinite(double loss) {
    if (!Double.isFinite(loss)) {
      boolean failed = !guard.recover(network);
      phase = failed ? Phase.FAILED : phase;
      events.accept(new Diverged(counter.learnedFrom(), failed));
    }
  }

  private boolean isEvaluationDue() {
    ValidationSettings validating = settings.validation();
    return validating.evaluateSpan().isPresent() // a lambda here would be garbage, every step
        ? counter.newestTime - counter.evaluatedAt >= validating.evaluateSpan().get().toMillis()
        : counter.sinceEvaluation >= validating.evaluateEvery();
  }

  private void evaluate() {
    settings
        .validation()
        .windowSpan()
        .ifPresent(span -> window.expire(counter.newestTime - span.toMillis()));
    if (window.size() < settings.validation().minimumWindow()) {
      return;
    }
    network.copyServedTo(served);
    validation = judge.score(served, window, window.oldest(), windowLosses);
    validation.putAll(judge.scoreSlices(window, slices));
    counter.evaluations++;
    Map<String, Double> scores = prequential.values();
    scores.putAll(validation);
    events.accept(new Evaluated(counter.learnedFrom(), scores));
    if (phase.trains()) {
      phase = Phase.TRAINING;
      guard.remember(network);
      Evaluation evaluation = new Evaluation(validation, windowLosses);
      act(policies.after(evaluation, served, optimizer.learningRate()));
    }
  }

  private void act(TrainingDecision decision) {
    double rate = optimizer.learningRate();
    if (decision.learningRate() != rate) {
      optimizer.changeLearningRate(decision.learningRate());
      events.accept(new LearningRateReduced(counter.learnedFrom(), rate, decision.learningRate()));
    }
    if (decision.stop()) {
      policies.atEnd().ifPresent(network::goOnFrom);
      phase = Phase.CONVERGED;
      counter.sinceRoundEnded = 0;
      events.accept(new EarlyStopped(counter.learnedFrom()));
    }
  }

  private void watch(DriftWatch watch) {
    long began = watch.observe(network.firstOutput(), batch, prequential.lossPerRow());
    if (began < 0 || phase == Phase.FAILED) {
      return;
    }
    counter.drifts++;
    events.accept(new DriftDetected(counter.learnedFrom(), began));
    DriftSettings reaction = watch.settings();
    switch (reaction.action()) {
      case ALERT -> {}
      case BOOST_LEARNING_RATE -> {
        optimizer.boost(reaction.boost(), reaction.boostSteps());
        if (phase == Phase.CONVERGED) {
          beginRound("drift");
        }
      }
      case NEW_ROUND -> beginRound("drift");
      case REWIND -> {
        beginRound("drift");
        optimizer.boost(reaction.boost(), reaction.boostSteps());
        rewind(watch.recent(), began, reaction.passes());
      }
    }
  }

  /** Trains again on the newest {@code records} records that are kept. */
  private void rewind(RollingWindow recent, long records, int passes) {
    long from = Math.max(recent.oldest(), recent.end() - records);
    for (int pass = 0; pass < passes; pass++) {
      for (long number = from; number < recent.end(); number += settings.batchSize()) {
        recent.copyTo(batch, number, (int) Math.min(settings.batchSize(), recent.end() - number));
        recoverUnlessFinite(network.learnAgain(batch));
        counter.steps++;
      }
    }
  }

  private void beginRound(String cause) {
    policies.reset();
    optimizer.resetLearningRate();
    phase = Phase.first(settings.validation());
    counter.round++;
    counter.sinceRoundEnded = 0;
    events.accept(new RoundStarted(counter.learnedFrom(), counter.round, cause));
  }
}
