package io.millrace.learning.model;

import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.state.State;

/**
 * A copy of everything that determines the predictions of one network: its parameters, its
 * non-trainable statistics and those of preprocessing. They belong together. Owned by one thread.
 */
public final class MemberWeights {
  private final MemberForm form;
  private final ModelDefinition definition;
  private final float[] parameters;
  private final float[] nonTrainable;
  private final Preprocessing preprocessing;

  /**
   * Allocates zeros.
   *
   * @param definition the model of this network alone
   */
  MemberWeights(MemberForm form, ModelDefinition definition) {
    NetworkDefinition network = definition.network();
    this.form = form;
    this.definition = definition;
    parameters = new float[network.trainableCount()];
    nonTrainable = new float[network.parameterCount() - parameters.length];
    preprocessing = new Preprocessing(definition);
  }

  /** Returns the rival's name; empty for the only network of a model. */
  public String name() {
    return form.name();
  }

  /** Returns the rival that they belong to. */
  public Rival rival() {
    return form.rival(definition);
  }

  MemberForm form() {
    return form;
  }

  /** Returns the model of this network alone. */
  public ModelDefinition definition() {
    return definition;
  }

  public void copyFrom(NetworkWeights network, Preprocessing used) {
    network.readParameters(parameters);
    network.readNonTrainable(nonTrainable);
    preprocessing.copyFrom(used);
  }

  /** Copies the weights of a network of the same shape. */
  public void copyFrom(MemberWeights other) {
    System.arraycopy(other.parameters, 0, parameters, 0, parameters.length);
    System.arraycopy(other.nonTrainable, 0, nonTrainable, 0, nonTrainable.length);
    preprocessing.copyFrom(other.preprocessing);
  }

  public void copyTo(NetworkWeights network, Preprocessing target) {
    network.writeParameters(parameters);
    network.writeNonTrainable(nonTrainable);
    target.copyFrom(preprocessing);
  }

  /** Copies the statistics of preprocessing. */
  public void copyTo(Preprocessing target) {
    target.copyFrom(preprocessing);
  }

  /** Replaces the parameters, for example by their moving average. */
  public void setParameters(float[] values) {
    System.arraycopy(values, 0, parameters, 0, parameters.length);
  }

  /** Returns a copy of the parameters, in the order of the network's vector. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** Returns a copy of the non-trainable statistics, in the order of the network's vector. */
  public float[] nonTrainable() {
    return nonTrainable.clone();
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

  /** Saves the weights as those of a model of this network alone. */
  public void save(State state) {
    state.put("parameters", parameters);
    state.put("non_trainable", nonTrainable);
    preprocessing.save(state.child("preprocessing"));
  }

  void restore(State state) {
    state.read("parameters", parameters);
    state.read("non_trainable", nonTrainable);
    preprocessing.restore(state.child("preprocessing"));
  }
}
