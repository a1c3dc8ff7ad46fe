package io.millrace.export;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.features.Preparation;
import io.millrace.learning.model.Digests;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.state.State;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.settings.Section;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One version of a model with its weights. Owned by one thread. */
public final class ExportedModel {
  private final String name;
  private final long version;
  private final ModelDefinition definition;
  private final State state;
  private final Preprocessing preprocessing;
  private final NetworkWeights weights;

  /**
   * @param state the weights of the version, with the statistics of its preprocessing
   * @throws io.millrace.learning.state.IncompatibleStateException if they do not fit the definition
   */
  public ExportedModel(String name, long version, ModelDefinition definition, State state) {
    this.name = name;
    this.version = version;
    this.definition = definition;
    this.state = state;
    weights = Network.compile(definition.network(), List.of(), 1, 0).weights();
    preprocessing = new Preprocessing(definition);
    Weights stored = new Weights(definition, weights);
    stored.restore(state);
    stored.copyTo(weights, preprocessing);
  }

  /** Returns the model of a checkpoint. */
  public static ExportedModel of(Checkpoint checkpoint) {
    Section root = Section.root(DefinitionJson.read(checkpoint.definition()));
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    return new ExportedModel(
        checkpoint.model(), checkpoint.version(), definition, checkpoint.weights());
  }

  public String name() {
    return name;
  }

  public ModelDefinition definition() {
    return definition;
  }

  /** Returns a layer's weights by their names without the layer's, in the layer's order. */
  public Map<String, Values> weights(LayerDefinition layer) {
    Map<String, Values> byName = new LinkedHashMap<>();
    layer
        .weights()
        .forEach(
            weight ->
                byName.put(
                    weight.name(),
                    new Values(
                        weight.shape().dimensions(),
                        weights.read(layer.name() + "/" + weight.name()))));
    return byName;
  }

  /** Returns what was learned of an input that is only shifted and scaled; empty for another. */
  public Optional<LinearScaling> scaling(int input) {
    return preprocessing.linear(input);
  }

  /** Returns what was learned of an input, feature by feature. */
  public Preparation preparation(int input) {
    return preprocessing.input(input);
  }

  /** Returns how the network's numbers for an output become targets; empty if they are those. */
  public Optional<LinearScaling> targetScaling(int output) {
    return preprocessing.targetScaling(output);
  }

  /** Returns whether the network sees an input's numbers unchanged. */
  public boolean isUnchanged(int input) {
    return scaling(input).filter(LinearScaling::isIdentity).isPresent();
  }

  /** Returns whether the network's numbers for an output are those of the labels. */
  public boolean isUnscaled(int output) {
    return definition.outputs().get(output).targetScaling() == TargetScaling.NONE;
  }

  /** Returns what names this version in a file: the model, the version, the digest of weights. */
  public Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("model", name);
    identity.put("version", String.valueOf(version));
    identity.put(
        "parameters_sha256",
        HexFormat.of().formatHex(Digests.sha256(weights.parameters(), weights.nonTrainable())));
    return identity;
  }

  /** Returns the statistics of preprocessing by path. */
  Map<String, Object> statistics() {
    return state.child("preprocessing").copy().entries();
  }
}
