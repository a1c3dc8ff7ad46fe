package io.millrace.learning.model;

import io.millrace.learning.Learner;
import io.millrace.learning.state.State;

/**
 * A model as it is served: its definition and the weights of one version. Immutable, so threads may
 * share it.
 */
public final class Model {
  private final ModelDefinition definition;
  private final State weights;

  /**
   * @param weights as returned by {@link Learner#weights}
   */
  public Model(ModelDefinition definition, State weights) {
    this.definition = definition;
    this.weights = weights;
  }

  public ModelDefinition definition() {
    return definition;
  }

  /** Returns the weights, as {@link Learner#weights} does. */
  public State weights() {
    return weights;
  }
}
