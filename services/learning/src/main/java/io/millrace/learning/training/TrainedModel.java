package io.millrace.learning.training;

import io.millrace.learning.evaluation.Scorer;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * A model under training, as the loop, the policies and the reaction to drift see it. Its
 * preprocessing and its optimizer belong to it. Owned by one thread.
 */
public interface TrainedModel {

  /** Returns the definition of the model as it is now. */
  ModelDefinition definition();

  /**
   * Scores a batch and then learns from it. Learns nothing if the loss is not finite.
   *
   * @param batch its rows remain as they are
   * @return the loss that training minimizes
   */
  double scoreAndLearn(ExampleBatch batch, Scorer scorer);

  /** Learns from a batch that was scored before, unless its loss is not finite. */
  double learnAgain(ExampleBatch batch);

  /** Learns from a batch that is read again, statistics included, unless its loss is not finite. */
  double relearn(ExampleBatch batch);

  /** Scores a batch and learns nothing. */
  void score(ExampleBatch batch, Scorer scorer);

  /** Returns the last scored predictions of the first output: at least {@code [rows, width]}. */
  float[] firstOutput();

  /** Begins with a new optimizer, and with the initial weights if wanted. */
  void startOver(boolean withWeights);

  /** Copies the training weights and the statistics of preprocessing. */
  void copyTo(Weights target);

  /**
   * Copies the weights that are evaluated and served: the training weights or their moving average.
   */
  void copyServedTo(Weights target);

  /** Continues from other weights; a moving average restarts from them. */
  void goOnFrom(Weights source);

  /**
   * Goes back to earlier weights and their optimizer, with half the learning rate of now.
   *
   * @param optimizer as {@link #saveOptimizer} saved it
   */
  void goBack(Weights earlier, State optimizer);

  /** Returns the learning rate of the next step. */
  double learningRate();

  /** Sets the learning rate of the next step; a schedule continues from there, scaled. */
  void changeLearningRate(double rate);

  /** Undoes all changes of the learning rate but a boost. */
  void resetLearningRate();

  /** Multiplies the learning rate by {@code factor} for the next {@code steps} steps. */
  void boost(double factor, long steps);

  void saveOptimizer(State state);

  /** Returns the weights with the gradients of the newest step; empty before there was one. */
  Optional<NetworkWeights> stepped();

  /** Returns the SHA-256 of parameters and non-trainable weights, as of now. */
  byte[] parametersSha256();

  /** Saves what {@link #copyServedTo} leaves out. */
  void save(State state);

  /** Restores what {@link #save} saved, on top of the served weights. */
  void restore(Weights served, State state);
}
