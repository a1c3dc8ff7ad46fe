package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.decimals;
import static io.millrace.export.onnx.OnnxAttributes.integer;
import static io.millrace.export.onnx.OnnxAttributes.integers;
import static io.millrace.export.onnx.OnnxAttributes.text;
import static io.millrace.export.onnx.OnnxAttributes.texts;

import io.millrace.export.Values;
import io.millrace.learning.kernels.Activation;
import io.millrace.proto.onnx.v1.AttributeProto;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Layers that read their input step by step. ONNX has the steps before the rows, and the gates of a
 * long short-term memory in another order.
 */
final class OnnxRecurrent {
  /** The places here of ONNX' gates: input, output, forget, candidate. */
  private static final int[] LSTM_GATES = {0, 3, 1, 2};

  /** Update, reset, candidate, in both. */
  private static final int[] GRU_GATES = {0, 1, 2};

  private static final float SIXTH = 1f / 6;
  private static final String ALLOWED =
      "relu, leaky_relu, elu, sigmoid, hard_sigmoid, tanh," + " softplus, linear";

  private final OnnxLayer layer;
  private final Section options;
  private final String kind;
  private final String prefix;
  private final int units;
  private final boolean returnsSequences;

  /**
   * @param options of the recurrent layer itself
   * @param kind lstm or gru
   * @param prefix what the names of its weights begin with
   */
  private OnnxRecurrent(OnnxLayer layer, Section options, String kind, String prefix) {
    this.layer = layer;
    this.options = options;
    this.kind = kind;
    this.prefix = prefix + kind + "_cell/";
    units = options.integer("units", "").required();
    returnsSequences = options.flag("return_sequences", "").orElse(false);
  }

  /** Writes an LSTM or a GRU. */
  static String single(OnnxLayer layer) {
    Section options = layer.options();
    boolean backwards = options.flag("go_backwards", "").orElse(false);
    return new OnnxRecurrent(layer, options, layer.definition().type(), "")
        .write(backwards, backwards);
  }

  /** Writes two of them, of which one reads from the end. */
  static String bidirectional(OnnxLayer layer) {
    Section options = layer.options().section("layer");
    String kind = options.text("type", "").required().toLowerCase(Locale.ROOT);
    boolean backwards = options.flag("go_backwards", "").orElse(false);
    String first =
        new OnnxRecurrent(layer, options, kind, "forward_" + kind + "/")
            .write(backwards, backwards);
    String second =
        new OnnxRecurrent(layer, options, kind, "backward_" + kind + "/").write(!backwards, false);
    return merged(layer, List.of(first, second));
  }

  private static String merged(OnnxLayer layer, List<String> both) {
    String mode = layer.options().text("merge_mode", "").orElse("concat").toLowerCase(Locale.ROOT);
    return switch (mode) {
      case "sum" -> layer.node("Add", both);
      case "mul" -> layer.node("Mul", both);
      case "ave" -> layer.node("Mean", both);
      default -> layer.node("Concat", both, integer("axis", -1));
    };
  }

  /**
   * @param backwards whether the last step is read first
   * @param reversed whether a sequence is returned in the order of reading; ONNX has the input's
   */
  private String write(boolean backwards, boolean reversed) {
    List<String> inputs =
        List.of(
            layer.node("Transpose", List.of(layer.input()), integers("perm", List.of(1, 0, 2))),
            gates(layer.values(prefix + "kernel"), "kernel"),
            gates(layer.values(prefix + "recurrent_kernel"), "recurrent_kernel"),
            bias());
    AttributeProto[] attributes = attributes(backwards);
    if (!returnsSequences) {
      return squeezed(layer.graph().nodeOutput(operator(), layer.name(), inputs, 1, attributes), 0);
    }
    String steps = squeezed(layer.node(operator(), inputs, attributes), 1);
    return layer.node(
        "Transpose",
        List.of(reversed ? reversed(steps) : steps),
        integers("perm", List.of(1, 0, 2)));
  }

  private String operator() {
    return kind.toUpperCase(Locale.ROOT);
  }

  private AttributeProto[] attributes(boolean backwards) {
    Activation candidate =
        options.choice("activation", Activation.class, "").orElse(Activation.TANH);
    Activation gate =
        options.choice("recurrent_activation", Activation.class, "").orElse(Activation.SIGMOID);
    List<Activation> functions =
        kind.equals("lstm") ? List.of(gate, candidate, candidate) : List.of(gate, candidate);
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(integer("hidden_size", units));
    attributes.add(text("direction", backwards ? "reverse" : "forward"));
    attributes.add(texts("activations", functions.stream().map(this::function).toList()));
    attributes.add(
        decimals(
            "activation_alpha",
            functions.stream().flatMap(function -> alpha(function).stream()).toList()));
    attributes.add(
        decimals(
            "activation_beta",
            functions.stream().flatMap(function -> beta(function).stream()).toList()));
    if (kind.equals("gru")) {
      attributes.add(integer("linear_before_reset", 1));
    }
    return attributes.toArray(AttributeProto[]::new);
  }

  private String function(Activation activation) {
    return switch (activation) {
      case LINEAR -> "Affine";
      case RELU -> "Relu";
      case LEAKY_RELU -> "LeakyRelu";
      case ELU -> "Elu";
      case SOFTPLUS -> "Softplus";
      case SIGMOID -> "Sigmoid";
      case HARD_SIGMOID -> "HardSigmoid";
      case TANH -> "Tanh";
      case SELU, GELU, SILU, SOFTMAX ->
          throw layer.refused(
              "the activation " + activation.name().toLowerCase(Locale.ROOT), ALLOWED);
    };
  }

  /** Returns the first parameter of a function that has one. */
  private static List<Float> alpha(Activation activation) {
    return switch (activation) {
      case LINEAR, ELU -> List.of(1f);
      case LEAKY_RELU -> List.of(0.2f);
      case HARD_SIGMOID -> List.of(SIXTH);
      default -> List.of();
    };
  }

  /** Returns the second parameter of a function that has one. */
  private static List<Float> beta(Activation activation) {
    return switch (activation) {
      case LINEAR -> List.of(0f);
      case HARD_SIGMOID -> List.of(0.5f);
      default -> List.of();
    };
  }

  /** Adds a kernel as {@code [1, gates * units, columns]}; here it is {@code [columns, ...]}. */
  private String gates(Values values, String name) {
    int columns = values.shape().get(0);
    float[] moved = new float[values.flat().length];
    for (int column = 0; column < columns; column++) {
      copyGates(values.flat(), column, moved, column, columns);
    }
    return layer.constant(prefix + name, List.of(1, places().length * units, columns), moved);
  }

  /** Adds the bias of the input and that of the state, one after the other; without one, zeros. */
  private String bias() {
    int width = places().length * units;
    float[] both = new float[2 * width];
    Values given = layer.find(prefix + "bias");
    for (int part = 0; given != null && part < given.flat().length / width; part++) {
      copyGates(given.flat(), part, both, part * width, 1);
    }
    return layer.constant(prefix + "bias", List.of(1, 2 * width), both);
  }

  /** Copies one row of gates to a column, in ONNX' order. */
  private void copyGates(float[] from, int row, float[] to, int start, int stride) {
    int[] places = places();
    for (int gate = 0; gate < places.length; gate++) {
      for (int unit = 0; unit < units; unit++) {
        to[start + (gate * units + unit) * stride] =
            from[(row * places.length + places[gate]) * units + unit];
      }
    }
  }

  private int[] places() {
    return kind.equals("lstm") ? LSTM_GATES : GRU_GATES;
  }

  private String squeezed(String value, int axis) {
    String axes = layer.graph().integers(layer.name() + "/axes", axis);
    return layer.node("Squeeze", List.of(value, axes));
  }

  private String reversed(String steps) {
    OnnxGraph graph = layer.graph();
    String last = graph.integers(layer.name() + "/last", -1);
    String beforeFirst = graph.integers(layer.name() + "/before_first", Integer.MIN_VALUE);
    String axis = graph.integers(layer.name() + "/axes", 0);
    return layer.node("Slice", List.of(steps, last, beforeFirst, axis, last));
  }
}
