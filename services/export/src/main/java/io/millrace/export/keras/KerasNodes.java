package io.millrace.export.keras;

import io.millrace.export.ExportedModel;
import io.millrace.export.InexpressibleException;
import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.network.InputDefinition;
import io.millrace.learning.network.LayerDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers of a model as Keras has them: inputs, what scales them, and the network's layers. */
final class KerasNodes {
  /** A variance so large that Keras' Normalization gives 0, as for a number that never changed. */
  private static final double CONSTANT = 1e38;

  private final ExportedModel model;
  private final List<String> remarks;
  private final List<KerasNode> nodes = new ArrayList<>();
  private final Map<String, String> sources = new LinkedHashMap<>();

  private KerasNodes(ExportedModel model, List<String> remarks) {
    this.model = model;
    this.remarks = remarks;
  }

  /**
   * Returns the layers, each after those that it reads.
   *
   * @param scaled by input, whether a layer of the model scales it
   * @throws InexpressibleException if Keras does not have a layer
   */
  static List<KerasNode> of(ExportedModel model, List<Boolean> scaled, List<String> remarks) {
    return new KerasNodes(model, remarks).read(scaled);
  }

  private List<KerasNode> read(List<Boolean> scaled) {
    List<InputDefinition> inputs = model.definition().network().inputs();
    inputs.forEach(this::addInput);
    for (int i = 0; i < inputs.size(); i++) {
      if (scaled.get(i)) {
        addScaling(inputs.get(i), model.scaling(i).orElseThrow());
      }
    }
    for (LayerDefinition layer : model.definition().network().layers()) {
      requireName(layer.name());
      List<String> reads =
          layer.inputs().stream().map(name -> sources.getOrDefault(name, name)).toList();
      nodes.add(KerasLayers.node(layer, reads, remarks));
    }
    return nodes;
  }

  private void addInput(InputDefinition input) {
    requireName(input.name());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("batch_shape", KerasNode.batchShape(input.shape()));
    config.put("dtype", "float32");
    config.put("sparse", false);
    config.put("ragged", false);
    config.put("name", input.name());
    config.put("optional", false);
    add(input.name(), KerasNode.INPUT, config, List.of(), input.shape());
  }

  private void addScaling(InputDefinition input, LinearScaling scaling) {
    String name = unused(input.name() + "_scaling");
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("trainable", false);
    config.put("dtype", "float32");
    config.put("axis", List.of(-1));
    config.put("invert", false);
    config.put("mean", scaling.shifts());
    config.put("variance", scaling.divisors().stream().map(KerasNodes::variance).toList());
    add(name, "Normalization", config, List.of(input.name()), input.shape());
    sources.put(input.name(), name);
  }

  private static double variance(double divisor) {
    return Double.isInfinite(divisor) ? CONSTANT : divisor * divisor;
  }

  private void add(
      String name, String kind, Map<String, Object> config, List<String> reads, TensorShape shape) {
    nodes.add(new KerasNode(name, kind, config, reads, shape, Optional.empty()));
  }

  private String unused(String name) {
    boolean isUsed =
        model.definition().network().layers().stream().anyMatch(layer -> layer.name().equals(name))
            || nodes.stream().anyMatch(node -> node.name().equals(name));
    return isUsed ? unused(name + "_") : name;
  }

  private static void requireName(String name) {
    if (name.contains("/")) {
      throw new InexpressibleException(
          "%s is the name of an input or layer, but Keras' names have no /; allowed: other signs"
              .formatted(name));
    }
  }
}
