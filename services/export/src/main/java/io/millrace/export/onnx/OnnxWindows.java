package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.integer;
import static io.millrace.export.onnx.OnnxAttributes.integers;

import io.millrace.export.Values;
import io.millrace.learning.layers.TensorShape;
import io.millrace.proto.onnx.v1.AttributeProto;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Layers whose window slides over one or two axes of places. Channels are the last axis here and
 * the first of a row in ONNX, so values are transposed on the way in and out.
 */
final class OnnxWindows {
  private final OnnxLayer layer;
  private final int axes;
  private final Section options;

  private OnnxWindows(OnnxLayer layer) {
    this.layer = layer;
    axes = layer.inputShape().rank() - 1;
    options = layer.options();
  }

  static String convolution(OnnxLayer layer) {
    OnnxWindows windows = new OnnxWindows(layer);
    return OnnxActivations.write(layer, layer.withBias(windows.convolved("kernel", false)));
  }

  static String depthwise(OnnxLayer layer) {
    OnnxWindows windows = new OnnxWindows(layer);
    String value = windows.convolved("kernel", true);
    return OnnxActivations.write(layer, layer.withBias(value));
  }

  static String separable(OnnxLayer layer) {
    OnnxWindows windows = new OnnxWindows(layer);
    String between = windows.convolved("depthwise_kernel", true);
    Values mixing = layer.values("pointwise_kernel");
    List<Integer> shape = mixing.shape().subList(windows.axes, windows.axes + 2);
    String kernel = layer.constant("pointwise_kernel", shape, mixing.flat());
    String value = layer.node("MatMul", List.of(between, kernel));
    return OnnxActivations.write(layer, layer.withBias(value));
  }

  static String maxPooling(OnnxLayer layer) {
    return new OnnxWindows(layer).pooled("MaxPool");
  }

  static String averagePooling(OnnxLayer layer) {
    return new OnnxWindows(layer).pooled("AveragePool");
  }

  /** Reduces all places to one. */
  static String global(OnnxLayer layer, String operator) {
    boolean keeps = layer.options().flag("keepdims", "").orElse(false);
    List<Integer> places = layer.inputShape().rank() == 2 ? List.of(1) : List.of(1, 2);
    return layer.node(
        operator,
        List.of(layer.input()),
        integers("axes", places),
        integer("keepdims", keeps ? 1 : 0));
  }

  /**
   * @param isDepthwise whether each channel is on its own
   */
  private String convolved(String weight, boolean isDepthwise) {
    Values values = layer.values(weight);
    List<Integer> sizes = values.shape().subList(0, axes);
    String kernel = kernel(weight, values, isDepthwise);
    List<AttributeProto> attributes = geometry(sizes, given("strides", ones()));
    attributes.add(integers("dilations", given("dilation_rate", ones())));
    attributes.add(integer("group", isDepthwise ? layer.inputShape().last() : 1));
    return channelsLast(
        layer.node(
            "Conv", List.of(channelsFirst(), kernel), attributes.toArray(AttributeProto[]::new)));
  }

  /**
   * Adds a kernel in ONNX' order: {@code [out, in of the group, window...]}. Here it is {@code
   * [window..., in, out]}, and of a depthwise one {@code [window..., channels, multiplier]}.
   */
  private String kernel(String name, Values values, boolean isDepthwise) {
    int in = values.shape().get(axes);
    int out = values.shape().get(axes + 1);
    int places = values.flat().length / (in * out);
    float[] moved = new float[values.flat().length];
    for (int place = 0; place < places; place++) {
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          int row = isDepthwise ? i * out + o : o * in + i;
          moved[row * places + place] = values.flat()[(place * in + i) * out + o];
        }
      }
    }
    List<Integer> shape = new ArrayList<>(isDepthwise ? List.of(in * out, 1) : List.of(out, in));
    shape.addAll(values.shape().subList(0, axes));
    return layer.constant(name, shape, moved);
  }

  private String pooled(String operator) {
    List<Integer> sizes = given("pool_size", Collections.nCopies(axes, 2));
    List<AttributeProto> attributes = geometry(sizes, given("strides", sizes));
    attributes.add(integers("kernel_shape", sizes));
    return channelsLast(
        layer.node(operator, List.of(channelsFirst()), attributes.toArray(AttributeProto[]::new)));
  }

  private List<AttributeProto> geometry(List<Integer> sizes, List<Integer> strides) {
    List<Integer> dilations = given("dilation_rate", ones());
    TensorShape out = layer.definition().outputShape();
    String padding = options.text("padding", "").orElse("valid").toLowerCase(Locale.ROOT);
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      int reach = (sizes.get(axis) - 1) * dilations.get(axis) + 1;
      int covered = (out.dimension(axis) - 1) * strides.get(axis) + reach;
      int padded = Math.max(0, covered - layer.inputShape().dimension(axis));
      before.add(
          switch (padding) {
            case "same" -> padded / 2;
            case "causal" -> reach - 1;
            default -> 0;
          });
      after.add(padding.equals("same") ? padded - padded / 2 : 0);
    }
    before.addAll(after);
    return new ArrayList<>(List.of(integers("strides", strides), integers("pads", before)));
  }

  /** Returns an option with a number for each axis. */
  private List<Integer> given(String key, List<Integer> fallback) {
    List<Integer> values = options.integers(key, "").orElse(fallback);
    return values.size() == axes ? values : Collections.nCopies(axes, values.get(0));
  }

  private List<Integer> ones() {
    return Collections.nCopies(axes, 1);
  }

  private String channelsFirst() {
    return layer.node(
        "Transpose",
        List.of(layer.input()),
        integers("perm", axes == 1 ? List.of(0, 2, 1) : List.of(0, 3, 1, 2)));
  }

  private String channelsLast(String value) {
    return layer.node(
        "Transpose",
        List.of(value),
        integers("perm", axes == 1 ? List.of(0, 2, 1) : List.of(0, 2, 3, 1)));
  }
}
