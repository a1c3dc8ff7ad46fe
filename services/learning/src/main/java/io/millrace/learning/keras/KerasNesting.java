package io.millrace.learning.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces nested models by their layers.
 *
 * <p>A layer {@code dense} of the model {@code base} becomes {@code base_dense}. Readers of the
 * inner model's input read the tensor that the model was called with. Readers of the model read its
 * output layer.
 */
final class KerasNesting {
  private final boolean isSequential;
  private final List<KerasLayer> layers = new ArrayList<>();
  private final Map<String, String> sources = new HashMap<>();
  private String last = "";
  private boolean isNested;

  /**
   * @param isSequential whether a layer without inputs reads the previous one
   */
  KerasNesting(boolean isSequential) {
    this.isSequential = isSequential;
  }

  /** Returns the layers so far. */
  List<KerasLayer> layers() {
    return layers;
  }

  /** Returns the layer that provides the output of a layer or of a nested model. */
  String source(String name) {
    return sources.getOrDefault(name, name);
  }

  void add(KerasLayer layer) {
    boolean isChained = isSequential && isNested && !layer.isInput() && !last.isEmpty();
    List<String> inputs =
        layer.inputs().isEmpty() && isChained
            ? List.of(last)
            : layer.inputs().stream().map(this::source).toList();
    layers.add(new KerasLayer(layer.name(), layer.kind(), layer.config(), inputs));
    last = layer.name();
  }

  /**
   * Adds the layers of a nested model.
   *
   * @param layer the model as a layer of this one
   */
  void add(KerasLayer layer, KerasModel inner) {
    requireOneOfEach(layer, inner);
    isNested = true;
    String before = layer.inputs().isEmpty() ? last : source(layer.inputs().get(0));
    String prefix = layer.name() + "_";
    Map<String, String> names = new HashMap<>();
    String previous = before;
    for (KerasLayer each : inner.layers()) {
      String name = prefix + each.name();
      if (each.isInput() && !before.isEmpty()) {
        names.put(each.name(), before);
        continue;
      }
      names.put(each.name(), name);
      List<String> inputs = each.inputs().stream().map(in -> names.getOrDefault(in, in)).toList();
      boolean isChained = inputs.isEmpty() && !each.isInput() && !previous.isEmpty();
      layers.add(
          new KerasLayer(
              name, each.kind(), config(layer, each), isChained ? List.of(previous) : inputs));
      previous = name;
    }
    last = inner.outputs().values().stream().findFirst().map(names::get).orElse(previous);
    sources.put(layer.name(), last);
  }

  /** Returns a layer's arguments; the layers of a frozen model are frozen too. */
  private static Map<String, Object> config(KerasLayer model, KerasLayer layer) {
    boolean isFrozen = Boolean.FALSE.equals(model.config().get("trainable"));
    if (!isFrozen || layer.isInput()) {
      return layer.config();
    }
    Map<String, Object> config = new LinkedHashMap<>(layer.config());
    config.put("trainable", false);
    return config;
  }

  private static void requireOneOfEach(KerasLayer layer, KerasModel inner) {
    long inputs = inner.layers().stream().filter(KerasLayer::isInput).count();
    if (inputs > 1 || layer.inputs().size() > 1 || inner.outputs().size() > 1) {
      throw UnsupportedKeras.architecture(
          "has %s, a model within the model with %d inputs and %d outputs; allowed: one of each, or"
                  .formatted(
                      layer,
                      Math.max(inputs, layer.inputs().size()),
                      Math.max(1, inner.outputs().size()))
              + " its layers in the model itself");
    }
  }
}
