package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keras' layers as sections of a network's settings. */
final class KerasOptions {
  private static final Set<String> WITHOUT_MEANING = Set.of("seed");

  /** Keras' names of objects that are named differently here, most of them from Keras 2. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "swish", "silu",
          "zero", "zeros",
          "one", "ones",
          "uniform", "random_uniform",
          "normal", "random_normal",
          "l1l2", "l1_l2",
          "identity_initializer", "identity");

  private final KerasLayer layer;
  private final Map<String, Object> tree = new LinkedHashMap<>();

  private KerasOptions(KerasLayer layer) {
    this.layer = layer;
  }

  /** Returns a layer's type and options. */
  static Map<String, Object> tree(KerasLayer layer) {
    return new KerasOptions(layer).read();
  }

  private Map<String, Object> read() {
    boolean isActivation = KerasActivation.isLayer(layer.kind());
    tree.put("type", isActivation ? "activation" : KerasLayer.smallLetters(layer.kind()));
    layer
        .config()
        .forEach(
            (key, value) -> {
              if (KerasLayerForms.isOption(layer, key, value) && !isActivation) {
                put(key, value);
              }
            });
    KerasLayerForms.requireSupported(layer);
    if (layer.kind().equals(KerasActivation.LEAKY_RELU)) { // also a layer here, with any slope
      tree.put("type", "leaky_relu");
      tree.put("negative_slope", KerasActivation.slope(layer));
    } else if (isActivation) {
      tree.put("activation", KerasActivation.of(layer));
    }
    if (layer.kind().equals("Bidirectional")) {
      requireAlike();
      tree.remove("backward_layer");
    }
    return tree;
  }

  private void put(String key, @Nullable Object value) {
    if (key.endsWith("activation")) {
      tree.put(key, activation(key, value));
    } else if (key.endsWith("_initializer")) {
      tree.put(key, initializer(key, value));
    } else if (key.endsWith("_regularizer") || key.endsWith("_constraint")) {
      if (value != null) {
        tree.put(key, object(KerasObject.read(layer, key, value)));
      }
    } else if (key.equals("layer") || (key.equals("backward_layer") && value != null)) {
      tree.put(key, inner(key, value));
    } else if (!key.equals("backward_layer")) {
      putPlain(key, value);
    }
  }

  /** Puts a number, a text, a list of them or a flag; only the strides of pooling may be null. */
  private void putPlain(String key, @Nullable Object value) {
    boolean isDefault = key.equals("trainable") && Boolean.TRUE.equals(value);
    if (value == null) {
      if (!key.equals("strides")) {
        throw UnsupportedKeras.value(layer, key, null, "one of its other values");
      }
    } else if (key.equals("axis") && value instanceof List<?> axes && axes.size() == 1) {
      tree.put(key, axes.get(0));
    } else if (!isDefault) {
      tree.put(key, value);
    }
  }

  private String activation(String key, @Nullable Object value) {
    if (value == null) {
      return "linear";
    }
    String name = KerasActivation.of(layer, key, KerasObject.read(layer, key, value));
    return OTHER_NAMES.getOrDefault(name, name);
  }

  private Object initializer(String key, @Nullable Object value) {
    if (value == null) {
      return "glorot_uniform"; // Keras' default
    }
    KerasObject object = KerasObject.read(layer, key, value);
    return object.kind().equals("VarianceScaling")
        ? KerasVarianceScaling.initializer(key, object)
        : object(object);
  }

  private static Object object(KerasObject object) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    String name = object.smallLetters();
    arguments.put("type", OTHER_NAMES.getOrDefault(name, name));
    arguments.putAll(object.arguments(WITHOUT_MEANING));
    return arguments;
  }

  private Map<String, Object> inner(String key, @Nullable Object value) {
    KerasObject inner = KerasObject.read(layer, key, value);
    return tree(new KerasLayer(layer.name() + "." + key, inner.kind(), inner.config(), List.of()));
  }

  /** Requires both directions of a layer to be alike, as when Keras makes the second one itself. */
  private void requireAlike() {
    if (tree.get("layer") instanceof Map<?, ?> forward
        && tree.get("backward_layer") instanceof Map<?, ?> backward) {
      Map<String, Object> first = Json.map(forward);
      Map<String, Object> second = Json.map(backward);
      boolean isOpposite =
          Boolean.TRUE.equals(first.remove("go_backwards"))
              != Boolean.TRUE.equals(second.remove("go_backwards"));
      if (!isOpposite || !first.equals(second)) {
        throw UnsupportedKeras.architecture(
            "has " + layer + " with a backward_layer of its own; allowed: one like the layer's");
      }
    }
  }
}
