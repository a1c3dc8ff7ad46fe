package io.millrace.learning.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The readers of each result of a network, and the results that have gradients. */
final class Graph {
  private final List<String> readings = new ArrayList<>();
  private final Set<String> withGradient = new HashSet<>();

  /**
   * @param losses the outputs that have a loss
   * @param withInputGradients whether gradients also flow to the network's inputs
   * @param trained whether a layer's weights learn
   */
  Graph(
      NetworkDefinition definition,
      List<String> losses,
      boolean withInputGradients,
      Predicate<LayerDefinition> trained) {
    readings.addAll(losses);
    if (withInputGradients) {
      definition.inputs().forEach(input -> withGradient.add(input.name()));
    }
    for (LayerDefinition layer : definition.layers()) {
      readings.addAll(layer.inputs());
      boolean learns = trained.test(layer) && layer.weights().stream().anyMatch(layer::learns);
      boolean passesOn = layer.inputs().stream().anyMatch(withGradient::contains);
      if (!losses.isEmpty() && (learns || passesOn)) {
        withGradient.add(layer.name());
      }
    }
  }

  /** Returns how many layers and losses read the result. */
  long readers(String name) {
    return readings.stream().filter(name::equals).count();
  }

  /** Returns whether training needs the gradient of the result. */
  boolean hasGradient(String name) {
    return withGradient.contains(name);
  }
}
