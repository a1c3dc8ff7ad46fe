package io.millrace.export.keras;

import io.millrace.export.InexpressibleException;
import io.millrace.learning.network.LayerDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Layers as Keras writes them. Their options have Keras' names and defaults. */
final class KerasLayers {
  private static final Map<String, String> CLASSES = new TreeMap<>();

  /** Options of the graph, not of the layer. */
  private static final Set<String> OF_THE_GRAPH = Set.of("type", "name", "inputs", "trainable");

  private static final Set<String> WINDOWS =
      Set.of("kernel_size", "strides", "dilation_rate", "pool_size");

  static {
    CLASSES.put("activation", "Activation");
    CLASSES.put("add", "Add");
    CLASSES.put("batch_normalization", "BatchNormalization");
    CLASSES.put("bidirectional", "Bidirectional");
    CLASSES.put("concatenate", "Concatenate");
    CLASSES.put("dense", "Dense");
    CLASSES.put("depthwise_conv2d", "DepthwiseConv2D");
    CLASSES.put("dropout", "Dropout");
    CLASSES.put("embedding", "Embedding");
    CLASSES.put("flatten", "Flatten");
    CLASSES.put("gaussian_noise", "GaussianNoise");
    CLASSES.put("gru", "GRU");
    CLASSES.put("layer_normalization", "LayerNormalization");
    CLASSES.put("leaky_relu", "LeakyReLU");
    CLASSES.put("lstm", "LSTM");
    CLASSES.put("multiply", "Multiply");
    CLASSES.put("reshape", "Reshape");
    for (String axes : List.of("1", "2")) {
      CLASSES.put("conv" + axes + "d", "Conv" + axes + "D");
      CLASSES.put("separable_conv" + axes + "d", "SeparableConv" + axes + "D");
      for (String kind : List.of("max", "average")) {
        String pooling = KerasObjects.camelCase(kind) + "Pooling" + axes + "D";
        CLASSES.put(kind + "_pooling" + axes + "d", pooling);
        CLASSES.put("global_" + kind + "_pooling" + axes + "d", "Global" + pooling);
      }
    }
  }

  private final LayerDefinition layer;
  private final List<String> remarks;

  /**
   * @param remarks takes a sentence for each option that Keras does not have
   */
  private KerasLayers(LayerDefinition layer, List<String> remarks) {
    this.layer = layer;
    this.remarks = remarks;
  }

  /**
   * Returns a layer.
   *
   * @throws InexpressibleException if Keras has no such layer, or no such name
   */
  static KerasNode node(LayerDefinition layer, List<String> reads, List<String> remarks) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", layer.name());
    config.put("trainable", layer.trainable());
    config.put("dtype", "float32");
    config.putAll(new KerasLayers(layer, remarks).config(layer.options()));
    return new KerasNode(
        layer.name(),
        kind(layer.name(), layer.type()),
        config,
        reads,
        layer.outputShape(),
        Optional.of(layer));
  }

  private static String kind(String name, String type) {
    String kind = CLASSES.get(type);
    if (kind == null) {
      throw new InexpressibleException(
          "layer %s is %s, which is not written for Keras; allowed: %s"
              .formatted(name, type, String.join(", ", CLASSES.keySet())));
    }
    return kind;
  }

  private Map<String, Object> config(Map<String, Object> options) {
    Map<String, Object> config = new LinkedHashMap<>();
    options.forEach(
        (key, value) -> {
          if (value != null && !OF_THE_GRAPH.contains(key)) {
            put(config, key, value);
          }
        });
    return config;
  }

  private void put(Map<String, Object> config, String key, Object value) {
    if (key.endsWith("_initializer")) {
      putInitializer(config, key, value);
    } else if (key.endsWith("_regularizer")) {
      config.put(key, KerasObjects.regularizer(value));
    } else if (key.endsWith("_constraint")) {
      config.put(key, KerasObjects.maxNorm(value));
    } else if (key.equals("layer")) {
      config.put(key, inner(KerasObjects.options(value, "")));
    } else if (WINDOWS.contains(key) && value instanceof List<?> list && list.size() == 1) {
      put(config, key, list.get(0));
    } else if (key.equals("target_shape") && !(value instanceof List<?>)) {
      put(config, key, List.of(value));
    } else {
      Object plain = KerasObjects.plain(value);
      config.put(key, plain instanceof String text ? text.toLowerCase(Locale.ROOT) : plain);
    }
  }

  /** Puts what the weights were drawn from, unless Keras does not draw so. */
  private void putInitializer(Map<String, Object> config, String key, Object value) {
    if ("fan_in_uniform".equals(KerasObjects.options(value, "").get("type"))) {
      remarks.add(
          "layer %s: %s fan_in_uniform is left out, which Keras does not have: weights that are"
                  .formatted(layer.name(), key)
              + " drawn anew are drawn from Keras' default");
    } else {
      config.put(key, KerasObjects.initializer(value));
    }
  }

  /** Returns the layer within a bidirectional one. */
  private Map<String, Object> inner(Map<String, Object> options) {
    String type = String.valueOf(options.get("type")).toLowerCase(Locale.ROOT);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", type);
    config.put("dtype", "float32");
    config.putAll(config(options));
    return KerasObjects.object("keras.layers", kind(layer.name(), type), config);
  }
}
