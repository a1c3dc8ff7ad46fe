package io.millrace.learning.training;

import io.millrace.learning.augmentation.Augmentation;
import io.millrace.learning.evaluation.Scorer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.model.Digests;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.LearnedTargets;
import io.millrace.learning.model.MemberWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Predictions;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network under training, with its optimizer and the preprocessing of its inputs and targets.
 * It learns targets on their scale and is scored in their units. A step allocates nothing. Owned by
 * one thread.
 */
public final class TrainedNetwork implements TrainedModel {
  private final ModelDefinition definition;
  private final TrainingSettings settings;
  private final Kernels kernels;
  private final Network network;
  private final NetworkWeights weights;
  private final Optimizer optimizer;
  private final Preprocessing preprocessing;
  private final LearnedTargets learned;
  private final Predictions predictions;
  private final float[][] seen;
  private final Optional<ReplayBuffer> replay;
  private final Optional<Augmentation> augmentation;
  private final Transfer transfer;
  private final BalancedClassWeights balance;
  private boolean infersAsItTrains;
  private boolean hasGradients;

  /** Makes a network with the initial weights of the settings. */
  public TrainedNetwork(ModelDefinition definition, TrainingSettings settings, Kernels kernels) {
    this.definition = definition;
    this.settings = settings;
    this.kernels = kernels;
    balance = new BalancedClassWeights(definition);
    network =
        Network.compile(
            definition.network(),
            settings.losses(definition, balance),
            settings.batchCapacity(),
            settings.seed(),
            kernels);
    weights = network.weights();
    preprocessing = new Preprocessing(definition);
    transfer = new Transfer(definition, settings.initialWeights());
    transfer.begin(weights, preprocessing);
    optimizer = settings.optimizer().create(weights.parameterSizes());
    network.optimizeBy(optimizer, settings.accumulationSteps());
    int rows = settings.batchCapacity();
    augmentation =
        settings
            .augmentation()
            .map(chosen -> new Augmentation(definition, chosen, settings.seed(), rows));
    freeze();
    learned = new LearnedTargets(definition, preprocessing, rows);
    predictions = new Predictions(definition, network, preprocessing);
    seen = definition.networkInputs(rows);
    replay = settings.replay().map(chosen -> new ReplayBuffer(definition, chosen, settings.seed()));
  }

  @Override
  public ModelDefinition definition() {
    return definition;
  }

  @Override
  public double scoreAndLearn(ExampleBatch batch, Scorer scorer) {
    int fresh = batch.size();
    preprocessing.learn(batch);
    balance.learn(batch);
    if (replay.isPresent()) {
      replay.get().mixInto(batch);
    }
    int mixed = batch.size();
    preprocessing.apply(batch, seen);
    batch.resize(fresh);
    if (!infersAsItTrains) {
      network.forward(seen, fresh, Mode.INFERENCE);
      scoreOutputs(batch, scorer);
    }
    float[][] targets = augmented(batch, mixed);
    network.forward(seen, mixed, Mode.TRAINING);
    if (infersAsItTrains) {
      scoreOutputs(batch, scorer);
    }
    preprocessing.learnTargets(batch); // after scoring, which must not know them
    double loss = descend(targets, mixed, batch);
    trained(fresh);
    return loss;
  }

  @Override
  public double learnAgain(ExampleBatch batch) {
    preprocessing.apply(batch, seen);
    float[][] targets = augmented(batch, batch.size());
    network.forward(seen, batch.size(), Mode.TRAINING);
    return descend(targets, batch.size(), batch);
  }

  @Override
  public double relearn(ExampleBatch batch) {
    preprocessing.learn(batch);
    preprocessing.learnTargets(batch);
    balance.learn(batch);
    double loss = learnAgain(batch);
    trained(batch.size());
    return loss;
  }

  @Override
  public void startOver(boolean withWeights) {
    TrainedNetwork untrained = new TrainedNetwork(definition, settings, kernels);
    if (withWeights) {
      weights.writeParameters(untrained.weights.parameters());
      weights.writeNonTrainable(untrained.weights.nonTrainable());
      preprocessing.copyFrom(untrained.preprocessing);
      transfer.begin(weights, preprocessing);
      balance.forget();
      freeze();
    }
    State state = new State();
    untrained.optimizer.save(state);
    optimizer.restore(state);
    restartAverage();
  }

  @Override
  public void score(ExampleBatch batch, Scorer scorer) {
    preprocessing.apply(batch, seen);
    network.forward(seen, batch.size(), Mode.INFERENCE);
    scoreOutputs(batch, scorer);
  }

  @Override
  public float[] firstOutput() {
    return predictions.apply(0);
  }

  /**
   * Begins again from another network: with its preprocessing and what else it knows of the stream,
   * with its weights if they have the same shapes and initial ones otherwise, and with a new
   * optimizer, whose rate is reduced as the other's is.
   */
  public void beginAgainFrom(TrainedNetwork other) {
    transfer.copyFrom(other.transfer); // initial weights may be what the other has taken
    startOver(true);
    transfer.copyFrom(other.transfer); // frozen is what the other has frozen now
    balance.copyFrom(other.balance);
    freeze();
    optimizer.reduceAs(other.optimizer);
    preprocessing.copyFrom(other.preprocessing);
    if (weights.haveShapesOf(other.weights)) {
      weights.writeParameters(other.weights.parameters());
      weights.writeNonTrainable(other.weights.nonTrainable());
      restartAverage();
    }
  }

  @Override
  public void copyTo(Weights target) {
    copyTo(target.members().get(0));
  }

  /** Copies the training weights and the statistics of preprocessing. */
  public void copyTo(MemberWeights target) {
    target.copyFrom(weights, preprocessing);
  }

  @Override
  public void copyServedTo(Weights target) {
    copyServedTo(target.members().get(0));
  }

  /**
   * Copies the weights that are evaluated and served: the training weights or their moving average.
   */
  public void copyServedTo(MemberWeights target) {
    copyTo(target);
    float[] averaged = optimizer.averagedParameters();
    if (averaged != null && optimizer.steps() > 0) {
      target.setParameters(averaged);
    }
  }

  @Override
  public void goOnFrom(Weights source) {
    goOnFrom(source.members().get(0));
  }

  /** Continues from other weights; a moving average restarts from them. */
  public void goOnFrom(MemberWeights source) {
    source.copyTo(weights, preprocessing);
    restartAverage();
  }

  @Override
  public void goBack(Weights earlier, State optimizerState) {
    goBack(earlier.members().get(0), optimizerState);
  }

  /** Goes back to earlier weights and their optimizer, with half the learning rate of now. */
  public void goBack(MemberWeights earlier, State optimizerState) {
    double rate = optimizer.learningRate() / 2;
    goOnFrom(earlier);
    optimizer.restore(optimizerState);
    optimizer.changeLearningRate(rate);
  }

  @Override
  public double learningRate() {
    return optimizer.learningRate();
  }

  @Override
  public void changeLearningRate(double rate) {
    optimizer.changeLearningRate(rate);
  }

  @Override
  public void resetLearningRate() {
    optimizer.resetLearningRate();
  }

  @Override
  public void boost(double factor, long steps) {
    optimizer.boost(factor, steps);
  }

  @Override
  public void saveOptimizer(State state) {
    optimizer.save(state);
  }

  /** Restores what {@link #saveOptimizer} saved. */
  public void restoreOptimizer(State state) {
    optimizer.restore(state);
  }

  @Override
  public Optional<NetworkWeights> stepped() {
    return hasGradients ? Optional.of(weights) : Optional.empty();
  }

  @Override
  public byte[] parametersSha256() {
    return Digests.sha256(vectors().toArray(float[][]::new));
  }

  /** Returns what the digest covers: copies of parameters and non-trainable weights. */
  public Stream<float[]> vectors() {
    return Stream.of(weights.parameters(), weights.nonTrainable());
  }

  @Override
  public void save(State state) {
    network.save(state);
    replay.ifPresent(buffer -> buffer.save(state.child("replay")));
    augmentation.ifPresent(varied -> varied.save(state.child("augmentation")));
    transfer.save(state.child("transfer"));
    balance.save(state.child("class_counts"));
    optimizer.save(state.child("optimizer"));
    if (optimizer.averagedParameters() != null) {
      state.put("parameters", weights.parameters());
    }
  }

  @Override
  public void restore(Weights served, State state) {
    restore(served.members().get(0), state);
  }

  /** Restores what {@link #save} saved, on top of the served weights. */
  public void restore(MemberWeights served, State state) {
    goOnFrom(served);
    hasGradients = false;
    network.restore(state);
    replay
        .filter(buffer -> state.contains("replay"))
        .ifPresent(buffer -> buffer.restore(state.child("replay")));
    augmentation
        .filter(varied -> state.contains("augmentation"))
        .ifPresent(varied -> varied.restore(state.child("augmentation")));
    transfer.restore(state.child("transfer"));
    balance.restore(state.child("class_counts"));
    freeze();
    optimizer.restore(state.child("optimizer"));
    if (state.has("parameters")) {
      weights.writeParameters(state.floats("parameters"));
    }
  }

  private void restartAverage() {
    float[] averaged = optimizer.averagedParameters();
    if (averaged != null) {
      weights.readParameters(averaged);
    }
  }

  private void trained(int records) {
    if (transfer.unfreezes(records)) {
      freeze();
    }
  }

  /** Freezes the layers that are to be frozen now, and no others. */
  private void freeze() {
    network.freeze(transfer.frozen());
    infersAsItTrains = network.infersAsItTrains() && augmentation.isEmpty();
  }

  /** Augments the network's inputs if the settings say so; returns the matching targets. */
  private float[][] augmented(ExampleBatch batch, int rows) {
    return augmentation.isPresent() ? augmentation.get().apply(seen, batch, rows) : batch.targets();
  }

  private void scoreOutputs(ExampleBatch batch, Scorer scorer) {
    predictions.read(batch.size());
    scorer.score(predictions, batch);
  }

  private double descend(float[][] targets, int rows, ExampleBatch batch) {
    double loss = network.backward(learned.of(targets, rows), batch.weights());
    hasGradients = true;
    if (Double.isFinite(loss)) {
      network.update();
    }
    return loss;
  }
}
