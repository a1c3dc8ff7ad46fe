package io.millrace.learning.model;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import java.util.List;

/**
 * Predictions of one model over preallocated memory. Raw inputs are written to {@link #rows};
 * {@link #run} preprocesses them as training did and computes the outputs, allocating nothing.
 * Owned by one thread.
 */
public final class Inference {
  private final Network network;
  private final NetworkWeights networkWeights;
  private final Preprocessing preprocessing;
  private final Predictions predictions;
  private final ExampleBatch rows;
  private final float[][] seen;
  private final Weights weights;

  /**
   * Prepares for models of this definition.
   *
   * @param maxRows the most rows of one run
   */
  public Inference(ModelDefinition definition, int maxRows) {
    network = Network.compile(definition.network(), List.of(), maxRows, 0);
    networkWeights = network.weights();
    preprocessing = new Preprocessing(definition);
    predictions = new Predictions(definition, network, preprocessing);
    rows = new ExampleBatch(maxRows, definition.inputWidths(), definition.targetWidths());
    seen = definition.networkInputs(maxRows);
    weights = new Weights(definition, networkWeights);
  }

  /**
   * Loads the weights of a model of the same definition.
   *
   * @throws io.millrace.learning.state.IncompatibleStateException if they do not fit
   */
  public void load(Model model) {
    weights.restore(model.weights());
    weights.copyTo(networkWeights, preprocessing);
  }

  /**
   * Returns the batch for the raw inputs of the next run; {@link InputSettings#cells} gives their
   * layout.
   */
  public ExampleBatch rows() {
    return rows;
  }

  /** Computes the outputs of the batch's rows and clears the batch. */
  public void run() {
    preprocessing.apply(rows, seen);
    network.forward(seen, rows.size(), Mode.INFERENCE);
    predictions.read(rows.size());
    rows.clear();
  }

  /**
   * Returns an output of the last run, in the units of its targets: at least {@code [rows, width]},
   * valid until the next run.
   */
  public float[] output(int index) {
    return predictions.apply(index);
  }

  /** Returns how many numbers each row of an output has. */
  public int outputWidth(int index) {
    return network.outputWidth(index);
  }
}
