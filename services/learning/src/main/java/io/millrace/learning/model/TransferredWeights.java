package io.millrace.learning.model;

import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model takes over from another: the weights of layers that have the same name in both, and
 * what preprocessing has learned of inputs that are the same in both. Immutable.
 */
public final class TransferredWeights {
  private static final String WEIGHTS = "weights";
  private static final String INPUTS = "inputs";

  private final State taken;

  private TransferredWeights(State taken) {
    this.taken = taken;
  }

  /**
   * Takes them from a model; of rivals, from the one with the largest share.
   *
   * @param wanted the names of the layers; empty: all of both
   * @throws InvalidSettingsException if a layer is missing, or has other shapes
   */
  public static TransferredWeights of(
      Model source, ModelDefinition definition, NetworkWeights target, List<String> wanted) {
    Weights weights = new Weights(source.definition());
    weights.restore(source.weights());
    MemberWeights leader = weights.members().get(weights.leader());
    Network network = Network.compile(leader.definition().network(), List.of(), 1, 0);
    Preprocessing preprocessing = new Preprocessing(source.definition());
    leader.copyTo(network.weights(), preprocessing);
    State taken = new State();
    for (String weight : matched(network.weights(), target, wanted)) {
      taken.child(WEIGHTS).put(weight, network.weights().read(weight));
    }
    for (int input = 0; input < definition.inputs().size(); input++) {
      int same = sameInput(definition.inputs().get(input), source.definition());
      if (same >= 0) {
        preprocessing.saveInput(same, taken.child(INPUTS).child(String.valueOf(input)));
      }
    }
    return new TransferredWeights(taken);
  }

  /** Returns those that {@link #save} has saved. */
  public static TransferredWeights restored(State state) {
    return new TransferredWeights(state.copy());
  }

  /** Writes them over those of a network that has not learned yet. */
  public void writeTo(NetworkWeights weights, Preprocessing preprocessing, int inputs) {
    State ofLayers = taken.child(WEIGHTS);
    for (String name : weights.names()) {
      if (ofLayers.has(name)) {
        weights.write(name, ofLayers.floats(name));
      }
    }
    for (int input = 0; input < inputs; input++) {
      if (taken.child(INPUTS).contains(String.valueOf(input))) {
        preprocessing.restoreInput(input, taken.child(INPUTS).child(String.valueOf(input)));
      }
    }
  }

  public void save(State state) {
    state.putAll(taken);
  }

  /** Returns the names of the inputs whose statistics another model's are. */
  public static List<String> sameInputs(ModelDefinition definition, ModelDefinition source) {
    return definition.inputs().stream()
        .filter(input -> sameInput(input, source) >= 0)
        .map(InputSettings::name)
        .toList();
  }

  /** Returns the index of the source's input that is filled in the same way, or -1. */
  private static int sameInput(InputSettings input, ModelDefinition source) {
    InputSettings single = input.inSinglePrecision(); // which says nothing of what was learned
    return source.inputs().stream().map(InputSettings::inSinglePrecision).toList().indexOf(single);
  }

  private static List<String> matched(
      NetworkWeights source, NetworkWeights target, List<String> wanted) {
    Set<String> layers = new LinkedHashSet<>(wanted);
    if (wanted.isEmpty()) {
      layers.addAll(layers(target));
      layers.addAll(layers(source));
    }
    List<Problem> problems = new ArrayList<>();
    List<String> matched = new ArrayList<>();
    for (String layer : layers) {
      List<String> theirs = namesOf(layer, source);
      List<String> ours = namesOf(layer, target);
      if (theirs.isEmpty() || ours.isEmpty()) {
        problems.add(missing(layer, ours.isEmpty(), ours.isEmpty() ? target : source));
      } else if (!shapes(ours, target).equals(shapes(theirs, source))) {
        problems.add(unlike(layer, shapes(theirs, source), shapes(ours, target)));
      } else {
        matched.addAll(ours);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return matched;
  }

  private static Problem missing(String layer, boolean inThisModel, NetworkWeights without) {
    return new Problem(
        "training.initial_weights.layers",
        "layer %s has no weights in %s, which has %s; allowed: layers that both have, by name"
            .formatted(
                layer,
                inThisModel ? "this model" : "the other model",
                String.join(", ", layers(without))));
  }

  private static Problem unlike(String layer, String theirs, String ours) {
    return new Problem(
        "training.initial_weights.layers",
        "layer %s has %s in the other model, but %s in this one; make the shapes equal, or leave the"
                .formatted(layer, theirs, ours)
            + " layer out");
  }

  private static Set<String> layers(NetworkWeights weights) {
    return weights.names().stream()
        .map(weights::layer)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<String> namesOf(String layer, NetworkWeights weights) {
    return weights.names().stream().filter(name -> weights.layer(name).equals(layer)).toList();
  }

  private static String shapes(List<String> names, NetworkWeights weights) {
    return names.stream()
        .map(name -> name.substring(name.lastIndexOf('/') + 1) + " " + weights.shape(name))
        .collect(Collectors.joining(", "));
  }
}
