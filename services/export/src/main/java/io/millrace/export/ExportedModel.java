package io.millrace.export;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.features.Preparation;
import io.millrace.learning.model.Digests;
import io.millrace.learning.model.MemberWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Rival;
import io.millrace.learning.model.RivalDocument;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.state.State;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.settings.Section;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a model with its weights: of the network, or of one of several rivals. Owned by
 * one thread.
 */
public final class ExportedModel {
  private static final String OPTIMIZER = "optimizer";

  private final String name;
  private final long version;
  private final ModelDefinition whole;
  private final Optional<Rival> rival;
  private final double share;
  private final ModelDefinition definition;
  private final State state = new State();
  private final Preprocessing preprocessing;
  private final NetworkWeights weights;

  /**
   * @param state the weights of the version, with the statistics of its preprocessing
   * @param rival the name of the rival; empty for the one with the largest share
   * @throws UnknownRivalException if the version has no such rival
   * @throws io.millrace.learning.state.IncompatibleStateException if the weights do not fit
   */
  public ExportedModel(
      String name, long version, ModelDefinition model, State state, Optional<String> rival) {
    Weights stored = new Weights(model);
    stored.restore(state);
    MemberWeights member = member(stored, rival);
    this.name = name;
    this.version = version;
    whole = model;
    this.rival =
        model.rivals().stream().filter(each -> each.name().equals(member.name())).findFirst();
    share = stored.shares()[stored.members().indexOf(member)];
    definition = member.definition();
    member.save(this.state);
    weights = Network.compile(definition.network(), List.of(), 1, 0).weights();
    preprocessing = new Preprocessing(definition);
    member.copyTo(weights, preprocessing);
  }

  /**
   * Returns the model of a checkpoint.
   *
   * @param rival the name of the rival; empty for the one with the largest share
   * @throws UnknownRivalException if the version has no such rival
   */
  public static ExportedModel of(Checkpoint checkpoint, Optional<String> rival) {
    Section root = Section.root(DefinitionJson.read(checkpoint.definition()));
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    return new ExportedModel(
        checkpoint.model(), checkpoint.version(), definition, checkpoint.weights(), rival);
  }

  private static MemberWeights member(Weights stored, Optional<String> rival) {
    if (rival.isEmpty()) {
      return stored.members().get(stored.leader());
    }
    return stored.members().stream()
        .filter(member -> member.name().equals(rival.get()))
        .findFirst()
        .orElseThrow(() -> new UnknownRivalException(namesOf(stored)));
  }

  private static String namesOf(Weights stored) {
    return stored.sharesByName().isEmpty()
        ? "the version has no rivals"
        : "the version has " + String.join(", ", stored.sharesByName().keySet());
  }

  /** Returns the version's model with all its rivals. */
  public ModelDefinition whole() {
    return whole;
  }

  /** Returns the rival that is exported; empty if the version has none. */
  public Optional<Rival> rival() {
    return rival;
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

  /** Returns the rival's share in the answers of its version; 1 if the version has no rivals. */
  public double share() {
    return share;
  }

  /**
   * Returns the optimizer of what is exported.
   *
   * @param optimizer the document's, which a rival's own settings may change
   */
  public OptimizerDefinition optimizer(OptimizerDefinition optimizer) {
    Object changes =
        rival.map(Rival::overrides).map(overrides -> overrides.get("training")).orElse(null);
    if (!(changes instanceof Map<?, ?> training) || training.get(OPTIMIZER) == null) {
      return optimizer;
    }
    Map<String, Object> merged =
        RivalDocument.merged(
            Map.of(OPTIMIZER, optimizer.options()), Map.of(OPTIMIZER, training.get(OPTIMIZER)));
    return OptimizerDefinition.read(Section.root(merged).typed(OPTIMIZER, optimizer.options()));
  }

  /** Returns what names this version in a file: model, version, rival, and digest of weights. */
  public Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("model", name);
    identity.put("version", String.valueOf(version));
    rival.ifPresent(chosen -> identity.put("rival", chosen.name()));
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
