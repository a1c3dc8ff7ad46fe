package io.millrace.learning.model;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import java.util.List;
import java.util.Map;

/** One network that answers, over preallocated memory. Owned by one thread. */
final class MemberNetwork {
  private final Map<String, Object> layers;
  private final Network network;
  private final NetworkWeights weights;
  private final Preprocessing preprocessing;
  private final Predictions predictions;
  private final float[][] seen;

  /** Compiles the network of a member; its weights are not loaded. */
  MemberNetwork(MemberWeights member, int maxRows, Kernels kernels) {
    ModelDefinition definition = member.definition();
    layers = member.form().layers();
    network = Network.compile(definition.network(), List.of(), maxRows, 0, kernels);
    weights = network.weights();
    preprocessing = new Preprocessing(definition);
    predictions = new Predictions(definition, network, preprocessing);
    seen = definition.networkInputs(maxRows);
  }

  /** Returns whether the network can take over a member's weights. */
  boolean fits(MemberWeights member) {
    return layers.equals(member.form().layers());
  }

  void load(MemberWeights member) {
    member.copyTo(weights, preprocessing);
  }

  /** Preprocesses the rows, which stay, and computes their outputs. */
  Predictions run(ExampleBatch rows) {
    preprocessing.apply(rows, seen);
    network.forward(seen, rows.size(), Mode.INFERENCE);
    predictions.read(rows.size());
    return predictions;
  }

  NetworkWeights weights() {
    return weights;
  }
}
