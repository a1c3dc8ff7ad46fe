package io.millrace.learning.model;

import io.millrace.learning.kernels.host.HostKernels;
import java.util.Map;

/**
 * Predictions of one model over preallocated memory. Raw inputs are written to {@link #rows};
 * {@link #run} preprocesses them as training did and computes the outputs, allocating nothing.
 * Owned by one thread.
 */
public final class Inference {
  private final ModelNetworks networks;
  private final int[] outputWidths;
  private final ExampleBatch rows;
  private final Weights weights;

  /**
   * Prepares for models of this definition; networks are compiled when weights are loaded.
   *
   * @param maxRows the most rows of one run
   */
  public Inference(ModelDefinition definition, int maxRows) {
    networks = new ModelNetworks(definition, maxRows, new HostKernels());
    outputWidths = definition.outputWidths();
    rows = new ExampleBatch(maxRows, definition.inputWidths(), definition.targetWidths());
    weights = new Weights(definition);
  }

  /**
   * Loads the weights of a model with the same inputs and outputs. Rivals may be others.
   *
   * @throws io.millrace.learning.state.IncompatibleStateException if they do not fit
   */
  public void load(Model model) {
    weights.restore(model.weights());
    networks.load(weights);
  }

  /**
   * Loads the weights of the rival with the largest share, which then answers alone.
   *
   * @throws io.millrace.learning.state.IncompatibleStateException if they do not fit
   */
  public void loadLeader(Model model) {
    weights.restore(model.weights());
    weights.answerBy(weights.leader());
    networks.load(weights);
  }

  /** Returns whether a network was compiled for the loaded weights, so that it has never run. */
  public boolean isNew() {
    return networks.areNew();
  }

  /** Returns the share of each rival in the answer; empty for a model without rivals. */
  public Map<String, Float> shares() {
    return weights.sharesByName();
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
    networks.run(rows);
    rows.clear();
  }

  /**
   * Returns an output of the last run, in the units of its targets: at least {@code [rows, width]},
   * valid until the next run.
   */
  public float[] output(int index) {
    return networks.apply(index);
  }

  /** Returns how many numbers each row of an output has. */
  public int outputWidth(int index) {
    return outputWidths[index];
  }
}
