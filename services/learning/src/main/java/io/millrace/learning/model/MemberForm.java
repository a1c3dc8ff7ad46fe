package io.millrace.learning.model;

import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.learning.state.StateTree;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;

/**
 * What weights say of the rival that they belong to, so that they can be restored without its
 * settings.
 *
 * @param name the rival's name; empty for the only network of a model without rivals
 * @param layers the layers as {@link StateTree} saves them
 */
record MemberForm(String name, Map<String, Object> layers) {
  private static final String NAME = "name";
  private static final String LAYERS = "layers";

  static MemberForm of(String name, NetworkDefinition network) {
    State layers = new State();
    StateTree.save(Map.of(LAYERS, network.toTree().get(LAYERS)), layers);
    return new MemberForm(name, layers.entries());
  }

  void save(State state) {
    state.put(NAME, name);
    state.child("network").putAll(State.of(layers));
  }

  static MemberForm restored(State state) {
    return new MemberForm(state.text(NAME), state.child("network").copy().entries());
  }

  /** Returns the model of the rival, which has the inputs and outputs of {@code model}. */
  ModelDefinition definition(ModelDefinition model) {
    try {
      Section section = Section.root(StateTree.read(State.of(layers)));
      List<String> outputs = model.outputs().size() == 1 ? List.of() : model.network().outputs();
      NetworkDefinition network =
          NetworkDefinition.read(section, model.network().inputs(), outputs);
      section.finish();
      return model.member(network);
    } catch (InvalidSettingsException e) {
      throw new IncompatibleStateException(
          name + " has a network of another version: " + e.getMessage());
    }
  }
}
