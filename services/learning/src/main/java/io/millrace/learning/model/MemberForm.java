package io.millrace.learning.model;

import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.learning.state.StateTree;
import io.millrace.settings.InvalidSettingsException;
import java.util.Map;

/**
 * What weights say of the rival that they belong to, so that they can be restored without its
 * settings.
 *
 * @param name the rival's name; empty for the only network of a model without rivals
 * @param layers the layers as {@link StateTree} saves them
 * @param overrides the rival's settings, as {@link StateTree} saves them
 */
record MemberForm(String name, Map<String, Object> layers, Map<String, Object> overrides) {
  private static final String NAME = "name";
  private static final String LAYERS = "layers";

  /** Returns the form of the only network of a model without rivals. */
  static MemberForm alone(NetworkDefinition network) {
    return new MemberForm("", saved(layers(network)), Map.of());
  }

  static MemberForm of(Rival rival) {
    return new MemberForm(rival.name(), saved(layers(rival.network())), saved(rival.overrides()));
  }

  void save(State state) {
    state.put(NAME, name);
    state.child("network").putAll(State.of(layers));
    state.child("overrides").putAll(State.of(overrides));
  }

  static MemberForm restored(State state) {
    return new MemberForm(
        state.text(NAME),
        state.child("network").copy().entries(),
        state.child("overrides").copy().entries());
  }

  /** Returns the rival, whose network is that of {@code member}. */
  Rival rival(ModelDefinition member) {
    return new Rival(name, member.network(), StateTree.read(State.of(overrides)));
  }

  /** Returns the model of the rival, which has the inputs and outputs of {@code model}. */
  ModelDefinition definition(ModelDefinition model) {
    try {
      return model.member(model.network(StateTree.read(State.of(layers))));
    } catch (InvalidSettingsException e) {
      throw new IncompatibleStateException(
          name + " has a network of another version: " + e.getMessage());
    }
  }

  private static Map<String, Object> layers(NetworkDefinition network) {
    return Map.of(LAYERS, network.toTree().get(LAYERS));
  }

  private static Map<String, Object> saved(Map<String, Object> tree) {
    State state = new State();
    StateTree.save(tree, state);
    return state.entries();
  }
}
