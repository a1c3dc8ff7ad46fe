package io.millrace.learning;

import io.millrace.learning.augmentation.Augmentation;
import io.millrace.learning.evaluation.Prequential;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.model.Digests;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.LearnedTargets;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Predictions;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * The network under training, with its optimizer and the preprocessing of its inputs and targets.
 * It learns targets on their scale and is scored in their units. A step allocates nothing. Owned by
 * one thread.
 */
final class TrainedNetwork {
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

  TrainedNetwork(ModelDefinition definition, LearnerSettings settings, Kernels kernels) {
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

  Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Scores a mini-batch and then learns from it, and from replayed records if there are any. Learns
   * nothing if the loss is not finite.
   *
   * @param batch its first rows remain the new records
   * @return the loss that training minimizes
   */
  double scoreAndLearn(ExampleBatch batch, Prequential prequential) {
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
      scoreOutputs(batch, prequential);
    }
    float[][] targets = augmented(batch, mixed);
    network.forward(seen, mixed, Mode.TRAINING);
    if (infersAsItTrains) {
      scoreOutputs(batch, prequential);
    }
    preprocessing.learnTargets(batch); // after scoring, which must not know them
    double loss = descend(targets, mixed, batch);
    trained(fresh);
    return loss;
  }

  /** Learns from a mini-batch that was scored before, unless its loss is not finite. */
  double learnAgain(ExampleBatch batch) {
    preprocessing.apply(batch, seen);
    float[][] targets = augmented(batch, batch.size());
    network.forward(seen, batch.size(), Mode.TRAINING);
    return descend(targets, batch.size(), batch);
  }

  /**
   * Learns from a mini-batch that is read again, statistics included, unless its loss is not
   * finite.
   */
  double relearn(ExampleBatch batch) {
    preprocessing.learn(batch);
    preprocessing.learnTargets(batch);
    balance.learn(batch);
    double loss = learnAgain(batch);
    trained(batch.size());
    return loss;
  }

  /** Takes over the optimizer of an untrained network, and its weights if wanted. */
  void startOver(TrainedNetwork untrained, boolean withWeights) {
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
    float[] averaged = optimizer.averagedParameters();
    if (averaged != null) {
      weights.readParameters(averaged);
    }
  }

  void score(ExampleBatch batch, Prequential prequential) {
    preprocessing.apply(batch, seen);
    network.forward(seen, batch.size(), Mode.INFERENCE);
    scoreOutputs(batch, prequential);
  }

  /** Returns the first output of the last forward pass, in the units of its targets: [n, width]. */
  float[] firstOutput() {
    return predictions.apply(0);
  }

  /** Copies the training weights and the statistics of preprocessing. */
  void copyTo(Weights target) {
    target.copyFrom(weights, preprocessing);
  }

  /**
   * Copies the weights that are evaluated and served: the training weights or their moving average.
   */
  void copyServedTo(Weights target) {
    copyTo(target);
    float[] averaged = optimizer.averagedParameters();
    if (averaged != null && optimizer.steps() > 0) {
      target.setParameters(averaged);
    }
  }

  /** Continues from other weights; a moving average restarts from them. */
  void goOnFrom(Weights source) {
    source.copyTo(weights, preprocessing);
    float[] averaged = optimizer.averagedParameters();
    if (averaged != null) {
      weights.readParameters(averaged);
    }
  }

  /** Returns a copy of the training weights and the statistics of preprocessing. */
  Weights newWeights(ModelDefinition definition) {
    Weights copy = new Weights(definition, weights);
    copyTo(copy);
    return copy;
  }

  /** Returns the weights with the gradients of the newest step; empty before there was one. */
  Optional<NetworkWeights> stepped() {
    return hasGradients ? Optional.of(weights) : Optional.empty();
  }

  byte[] parametersSha256() {
    return Digests.sha256(weights.parameters(), weights.nonTrainable());
  }

  /** Saves what {@link #copyServedTo} leaves out. */
  void save(State state) {
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

  /** Restores what {@link #save} saved, on top of the served weights. */
  void restore(Weights served, State state) {
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

  private void scoreOutputs(ExampleBatch batch, Prequential prequential) {
    predictions.read(batch.size());
    prequential.score(predictions, batch);
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
