package io.millrace.learning.model;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import java.util.List;

/**
 * Predictions of one model over preallocated memory: raw inputs are written to {@link #rows},
 * {@link #run} preprocesses them as training did and computes the outputs. Owned by one thread;
 * allocates nothing in {@code run}.
 */
public final class Inference {
  private final Network network;
  private final NetworkWeights networkWeights;
  private final Preprocessing preprocessing;
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
    preprocessing = new Preprocessing(definition.inputs());
    rows = new ExampleBatch(maxRows, definition.inputWidths(), definition.targetWidths());
    seen = definition.networkInputs(maxRows);
    weights = new Weights(definition, networkWeights);
  }

  /**
   * Takes the weights of a model of the same definition.
   *
   * @throws io.millrace.learning.state.IncompatibleStateException if they do not fit
   */
  public void load(Model model) {
    weights.restore(model.weights());
    weights.copyTo(networkWeights, preprocessing);
  }

  /**
   * Returns where the raw inputs of the next run go, by the {@link InputSettings#cells} of the
   * inputs.
   */
  public ExampleBatch rows() {
    return rows;
  }

  /** Computes the outputs of the rows that were taken, and clears them. */
  public void run() {
    preprocessing.apply(rows, seen);
    network.forward(seen, rows.size(), Mode.INFERENCE);
    rows.clear();
  }

  /** Returns an output of the last run: {@code [rows, width]}, and maybe more, until the next. */
  public float[] output(int index) {
    return network.output(index);
  }

  /** Returns how many numbers an output has a row. */
  public int outputWidth(int index) {
    return network.outputWidth(index);
  }
}
