package io.millrace.learning.gradients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small networks, each around one kind of layer, placed between learned layers if shapes allow. */
final class LayerCases {
  private static final List<Integer> VECTOR = List.of(4);
  private static final List<Integer> SEQUENCE = List.of(7, 3);
  private static final List<Integer> IMAGE = List.of(6, 5, 2);

  private static final List<String> ACTIVATIONS =
      List.of(
          "linear",
          "relu",
          "leaky_relu",
          "elu",
          "selu",
          "gelu",
          "silu",
          "softplus",
          "sigmoid",
          "hard_sigmoid",
          "tanh",
          "softmax");

  private LayerCases() {}

  /**
   * A network without its output layer.
   *
   * @param inputBound exclusive upper bound of integer inputs; 0 for normal numbers
   */
  record Case(
      String name, List<Integer> inputShape, int inputBound, List<Map<String, Object>> layers) {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String activation : ACTIVATIONS) {
      cases.add(
          of("dense " + activation, VECTOR, layer("dense", "units", 3, "activation", activation)));
      cases.add(
          of("activation " + activation, VECTOR, layer("activation", "activation", activation)));
    }
    cases.add(of("dense on steps", SEQUENCE, layer("dense", "units", 3, "use_bias", false)));
    for (double slope : new double[] {0, 0.3, 2}) {
      cases.add(
          of("leaky_relu of slope " + slope, VECTOR, layer("leaky_relu", "negative_slope", slope)));
    }
    cases.add(of("dropout", VECTOR, layer("dropout", "rate", 0.4)));
    cases.add(of("gaussian_noise", VECTOR, layer("gaussian_noise", "stddev", 0.3)));
    cases.add(of("flatten", SEQUENCE, layer("flatten")));
    cases.add(of("reshape", SEQUENCE, layer("reshape", "target_shape", List.of(3, 7))));
    addRegularized(cases);
    addNormalizations(cases);
    addConvolutions(cases);
    addPoolings(cases);
    addRecurrent(cases);
    addMerging(cases);
    return cases;
  }

  private static void addRegularized(List<Case> cases) {
    for (String penalty : List.of("l1", "l2", "l1_l2")) {
      cases.add(of(penalty, VECTOR, layer("dense", "units", 3, "kernel_regularizer", penalty)));
    }
    Map<String, Object> embedding = layer("embedding", "input_dim", 5, "output_dim", 3);
    cases.add(new Case("embedding", List.of(6), 5, List.of(embedding)));
  }

  private static void addNormalizations(List<Case> cases) {
    cases.add(of("batch_normalization", VECTOR, layer("batch_normalization")));
    cases.add(
        of(
            "batch_normalization of images",
            IMAGE,
            layer("batch_normalization", "scale", false, "epsilon", 0.1)));
    cases.add(
        of("frozen batch_normalization", VECTOR, layer("batch_normalization", "trainable", false)));
    cases.add(of("layer_normalization", VECTOR, layer("layer_normalization")));
    cases.add(
        of(
            "layer_normalization of steps",
            SEQUENCE,
            layer("layer_normalization", "center", false)));
  }

  private static void addConvolutions(List<Case> cases) {
    for (String padding : List.of("valid", "same", "causal")) {
      cases.add(
          of(
              "conv1d " + padding,
              SEQUENCE,
              layer("conv1d", "filters", 2, "kernel_size", 3, "strides", 2, "padding", padding)));
      cases.add(
          of(
              "dilated conv1d " + padding,
              SEQUENCE,
              layer(
                  "conv1d",
                  "filters",
                  2,
                  "kernel_size",
                  2,
                  "dilation_rate",
                  2,
                  "padding",
                  padding)));
    }
    for (String padding : List.of("valid", "same")) {
      cases.add(image("conv2d", padding, "filters", 2, "kernel_size", 3, "activation", "silu"));
      cases.add(image("depthwise_conv2d", padding, "kernel_size", 2, "depth_multiplier", 2));
      cases.add(image("separable_conv2d", padding, "kernel_size", List.of(3, 2), "filters", 3));
    }
    cases.add(
        of(
            "separable_conv1d",
            SEQUENCE,
            layer("separable_conv1d", "filters", 2, "kernel_size", 3)));
  }

  private static void addPoolings(List<Case> cases) {
    for (String kind : List.of("max_pooling", "average_pooling")) {
      for (String padding : List.of("valid", "same")) {
        cases.add(
            of(
                kind + "1d " + padding,
                SEQUENCE,
                layer(kind + "1d", "pool_size", 3, "strides", 2, "padding", padding)));
        cases.add(image(kind + "2d", padding, "pool_size", 2, "strides", List.of(1, 2)));
      }
      cases.add(of("global " + kind + "1d", SEQUENCE, layer("global_" + kind + "1d")));
      cases.add(of("global " + kind + "2d", IMAGE, layer("global_" + kind + "2d")));
    }
  }

  private static void addRecurrent(List<Case> cases) {
    for (String type : List.of("lstm", "gru")) {
      cases.add(of(type, SEQUENCE, layer(type, "units", 3)));
      cases.add(
          of(
              type + " backwards",
              SEQUENCE,
              layer(type, "units", 2, "go_backwards", true, "return_sequences", true)));
      cases.add(of(type + " without bias", SEQUENCE, layer(type, "units", 2, "use_bias", false)));
      for (String merge : List.of("concat", "sum", "ave", "mul")) {
        Map<String, Object> inner = layer(type, "units", 2, "return_sequences", true);
        cases.add(
            of(
                "bidirectional " + type + " " + merge,
                SEQUENCE,
                layer("bidirectional", "layer", inner, "merge_mode", merge)));
      }
    }
  }

  private static void addMerging(List<Case> cases) {
    for (String type : List.of("add", "multiply", "concatenate")) {
      cases.add(
          new Case(
              type,
              VECTOR,
              0,
              List.of(
                  layer("dense", "name", "left", "units", 3, "activation", "tanh"),
                  layer("dense", "name", "right", "units", 3, "inputs", List.of("left")),
                  layer(type, "inputs", List.of("left", "right", "left")))));
    }
    cases.add(
        new Case(
            "concatenate steps",
            SEQUENCE,
            0,
            List.of(
                layer("dense", "name", "left", "units", 3),
                layer("max_pooling1d", "name", "right", "inputs", List.of("left")),
                layer("concatenate", "axis", 1, "inputs", List.of("left", "right")))));
  }

  private static Case image(String type, String padding, Object... options) {
    List<Object> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(List.of("padding", padding));
    return of(type + " " + padding, IMAGE, layer(type, all.toArray()));
  }

  /** Puts a dense layer before the layer; its weights expose the gradient of the layer's input. */
  private static Case of(String name, List<Integer> inputShape, Map<String, Object> layer) {
    Map<String, Object> before =
        layer("dense", "units", inputShape.get(inputShape.size() - 1), "activation", "tanh");
    return new Case(name, inputShape, 0, List.of(before, layer));
  }

  static Map<String, Object> layer(String type, Object... options) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("type", type);
    for (int i = 0; i < options.length; i += 2) {
      layer.put((String) options[i], options[i + 1]);
    }
    return layer;
  }
}
