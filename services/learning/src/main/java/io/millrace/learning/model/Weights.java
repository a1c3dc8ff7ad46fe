package io.millrace.learning.model;

import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.state.State;

/**
 * A copy of everything that determines predictions: the network's parameters, its non-trainable
 * statistics and those of preprocessing. They belong together. Owned by one thread.
 */
public final class Weights {
  private final float[] parameters;
  private final float[] nonTrainable;
  private final Preprocessing preprocessing;

  /** Copies the weights of a network; the preprocessing has learned nothing yet. */
  public Weights(ModelDefinition definition, NetworkWeights network) {
    parameters = network.parameters();
    nonTrainable = network.nonTrainable();
    preprocessing = new Preprocessing(definition);
  }

  public void copyFrom(NetworkWeights network, Preprocessing used) {
    network.readParameters(parameters);
    network.readNonTrainable(nonTrainable);
    preprocessing.copyFrom(used);
  }

  public void copyFrom(Weights other) {
    System.arraycopy(other.parameters, 0, parameters, 0, parameters.length);
    System.arraycopy(other.nonTrainable, 0, nonTrainable, 0, nonTrainable.length);
    preprocessing.copyFrom(other.preprocessing);
  }

  public void copyTo(NetworkWeights network, Preprocessing target) {
    network.writeParameters(parameters);
    network.writeNonTrainable(nonTrainable);
    target.copyFrom(preprocessing);
  }

  /** Replaces the parameters, for example by their moving average. */
  public void setParameters(float[] values) {
    System.arraycopy(values, 0, parameters, 0, parameters.length);
  }

  public boolean areFinite() {
    return areFinite(parameters) && areFinite(nonTrainable);
  }

  private static boolean areFinite(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value - value; // 0 if finite, else NaN
    }
    return sum == 0;
  }

  /** Returns the parameters and statistics, not copies, in the order of the digest. */
  float[][] vectors() {
    return new float[][] {parameters, nonTrainable};
  }

  public void save(State state) {
    state.put("parameters", parameters);
    state.put("non_trainable", nonTrainable);
    preprocessing.save(state.child("preprocessing"));
  }

  public void restore(State state) {
    state.read("parameters", parameters);
    state.read("non_trainable", nonTrainable);
    preprocessing.restore(state.child("preprocessing"));
  }
}
