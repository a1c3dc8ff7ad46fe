package io.millrace.learning.model;

import io.millrace.learning.network.Network;
import java.util.function.IntFunction;

/**
 * The outputs of a network in the units of its targets. They are copies where targets are scaled,
 * and the network's own arrays elsewhere. Owned by one thread.
 */
public final class Predictions implements IntFunction<float[]> {
  private final Network network;
  private final TargetScales scales;
  private final float[][] unscaled;
  private final IntFunction<float[]> outputs;

  /** Prepares for the outputs of a network that learned by this preprocessing. */
  public Predictions(ModelDefinition definition, Network network, Preprocessing preprocessing) {
    this.network = network;
    scales = preprocessing.targets();
    unscaled = scales.memory(definition, network.batchCapacity());
    outputs = network::output;
  }

  /** Takes the first rows of the network's last pass. */
  public void read(int rows) {
    scales.unscale(outputs, unscaled, rows);
  }

  /** Returns an output: {@code [rows, width]}, valid until the next pass of the network. */
  @Override
  public float[] apply(int output) {
    return unscaled[output].length > 0 ? unscaled[output] : network.output(output);
  }
}
