package io.millrace.learning;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

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
  private final LearnerSettings settings;
  private final Network network;
  private final NetworkWeights networkWeights;
  private final Optimizer optimizer;
  private final Preprocessing preprocessing;
  private final Rows batch;
  private final RollingWindow window;
  private final Prequential prequential;
  private final Judge judge;
  private final Policies policies;
  private final DivergenceGuard guard;
  private final Weights current;
  private final float[] windowLosses;
  private final Counter counter = new Counter();
  private final boolean infersAsItTrains;
  private Phase phase;
  private Map<String, Double> validation = Map.of();
  private long sinceEvaluation;

  /** Makes a learner with the first weights of the settings' seed. */
  public Learner(ModelDefinition definition, LearnerSettings settings) {
    this.settings = settings;
    int[] inputWidths = definition.inputWidths();
    int[] targetWidths = definition.targetWidths();
    ValidationSettings validationSettings = settings.validation();
    network =
        Network.compile(
            definition.network(),
            settings.losses(definition),
            settings.batchSize(),
            settings.seed());
    networkWeights = network.weights();
    optimizer = settings.optimizer().create(networkWeights.parameterSizes());
    network.optimizeBy(optimizer);
    infersAsItTrains = network.infersAsItTrains();
    preprocessing = new Preprocessing(definition.inputs());
    batch = new Rows(settings.batchSize(), inputWidths, targetWidths);
    window = new RollingWindow(validationSettings.window(), inputWidths, targetWidths);
    prequential = new Prequential(definition, settings.batchSize());
    judge = new Judge(definition);
    policies = new Policies(definition, settings, judge, window);
    current = new Weights(definition, networkWeights);
    guard = new DivergenceGuard(new Weights(definition, networkWeights), optimizer);
    windowLosses = new float[validationSettings.window()];
    phase = validationSettings.holdout() > 0 ? Phase.WARMING : Phase.TRAINING;
  }

  /** Returns the mini-batch whose next row decoders write. */
  public Rows batch() {
    return batch;
  }

  /** Returns whether the record with this 64-bit hash of its position or key is held out. */
  public boolean holdsOut(long hash) {
    return settings.validation().holdsOut(hash);
  }

  /** Gives the decoded row to the validation window. */
  public void validate() {
    window.add(batch, batch.size());
    counter.validated++;
  }

  /** Counts a record that could not be decoded. */
  public void reject() {
    counter.rejected++;
  }

  /** Gives the decoded row to the mini-batch, which is learned from once it is full. */
  public void train() {
    batch.advance();
    if (batch.isFull()) {
      flush();
    }
  }

  /** Returns how many decoded rows wait in the mini-batch. */
  public int pending() {
    return batch.size();
  }

  /** Learns from the mini-batch as it is. */
  public void flush() {
    int rows = batch.size();
    if (rows == 0) {
      return;
    }
    if (phase.trains()) {
      step(rows);
    } else {
      score(rows);
    }
    batch.clear();
    sinceEvaluation += rows;
    if (sinceEvaluation >= settings.validation().evaluateEvery()) {
      sinceEvaluation = 0;
      evaluate();
    }
  }

  /** Returns how training stands. */
  public Progress progress() {
    return new Progress(
        counter.counts(),
        phase,
        optimizer.learningRate(),
        window.size(),
        guard.divergences(),
        prequential.values(),
        validation);
  }

  /** Returns what serving needs: the weights and how inputs are preprocessed. */
  public State weights() {
    takeCurrent();
    State state = new State();
    current.save(state);
    return state;
  }

  /** Returns what resuming needs besides {@link #weights}. */
  public State state() {
    requireNothingPending();
    State state = new State();
    counter.save(state.child("counts"));
    state.put("phase", phase.name());
    state.put("since_evaluation", sinceEvaluation);
    state.put("training_passes", network.trainingPasses());
    if (optimizer.averagedParameters() != null) {
      state.put("parameters", networkWeights.parameters());
    }
    optimizer.save(state.child("optimizer"));
    guard.save(state.child("divergence"));
    policies.save(state.child("policies"));
    prequential.save(state.child("prequential"));
    window.save(state.child("window"));
    saveValidation(state.child("validation"));
    return state;
  }

  /** Goes on exactly as the learner that was saved would have. */
  public void restore(State weights, State state) {
    batch.clear();
    current.restore(weights);
    if (state.has("parameters")) {
      current.setParameters(state.floats("parameters"));
    }
    current.copyTo(networkWeights, preprocessing);
    counter.restore(state.child("counts"));
    phase = Phase.valueOf(state.text("phase"));
    sinceEvaluation = state.integer("since_evaluation");
    network.restoreTrainingPasses(state.integer("training_passes"));
    optimizer.restore(state.child("optimizer"));
    guard.restore(state.child("divergence"));
    policies.restore(state.child("policies"));
    prequential.restore(state.child("prequential"));
    window.restore(state.child("window"));
    restoreValidation(state.child("validation"));
  }

  /** Returns the SHA-256 of parameters and statistics as little-endian float32, in order. */
  public byte[] parametersSha256() {
    return Digests.sha256(networkWeights.parameters(), networkWeights.nonTrainable());
  }

  private void step(int rows) {
    preprocessing.learn(batch);
    preprocessing.apply(batch);
    if (!infersAsItTrains) {
      network.forward(batch.inputs(), rows, Mode.INFERENCE);
      prequential.score(network::output, batch);
    }
    network.forward(batch.inputs(), rows, Mode.TRAINING);
    if (infersAsItTrains) {
      prequential.score(network::output, batch);
    }
    double loss = network.backward(batch.targets(), batch.weights());
    if (Double.isFinite(loss)) {
      network.update();
    } else {
      recover();
    }
    counter.trained += rows;
    counter.steps++;
  }

  private void score(int rows) {
    preprocessing.apply(batch);
    network.forward(batch.inputs(), rows, Mode.INFERENCE);
    prequential.score(network::output, batch);
    counter.scored += rows;
  }

  private void recover() {
    if (!guard.recover(networkWeights, preprocessing)) {
      phase = Phase.FAILED;
    }
  }

  private void evaluate() {
    if (window.size() < settings.validation().minimumWindow()) {
      return;
    }
    takeCurrent();
    validation = judge.score(current, window, window.oldest(), windowLosses);
    counter.evaluations++;
    if (phase.trains()) {
      phase = Phase.TRAINING;
      guard.remember(current);
      Evaluation evaluation = new Evaluation(validation, windowLosses);
      act(policies.after(evaluation, current, optimizer.learningRate()));
    }
  }

  private void act(TrainingDecision decision) {
    optimizer.changeLearningRate(decision.learningRate());
    if (decision.stop()) {
      policies.atEnd().ifPresent(best -> best.copyTo(networkWeights, preprocessing));
      phase = Phase.CONVERGED;
    }
  }

  /** Takes a copy of the weights that are judged and served: those of training or their average. */
  private void takeCurrent() {
    current.copyFrom(networkWeights, preprocessing);
    float[] averaged = optimizer.averagedParameters();
    if (averaged != null && optimizer.steps() > 0) {
      current.setParameters(averaged);
    }
  }

  private void requireNothingPending() {
    if (batch.size() > 0) {
      throw new IllegalStateException(batch.size() + " records wait in the mini-batch");
    }
  }

  private void saveValidation(State state) {
    state.put("names", String.join(",", validation.keySet()));
    state.put("values", validation.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void restoreValidation(State state) {
    double[] values = state.decimals("values");
    Map<String, Double> restored = new LinkedHashMap<>();
    Iterator<String> names = Arrays.asList(state.text("names").split(",")).iterator();
    for (double value : values) {
      restored.put(names.next(), value);
    }
    validation = restored;
  }
}
