package io.millrace.learning.layers;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a window slides over an input {@code [..., channels]} with one or two spatial axes.
 *
 * @param sizes places that the window covers, one per axis
 * @param strides places between positions
 * @param dilations places between values within the window
 */
record Sliding(
    List<Integer> sizes, List<Integer> strides, List<Integer> dilations, Padding padding) {

  /** Reads the window of a convolution over {@code axes} axes. */
  static Sliding ofConvolution(Section section, int axes) {
    List<Integer> sizes = read(section, "kernel_size", axes, "places under the kernel", List.of());
    List<Integer> ones = Collections.nCopies(axes, 1);
    return new Sliding(
        sizes,
        read(section, "strides", axes, "places from one position to the next", ones),
        read(section, "dilation_rate", axes, "places from one value to the next", ones),
        readPadding(section, axes == 1));
  }

  /** Reads the window of a pooling over {@code axes} axes. */
  static Sliding ofPooling(Section section, int axes) {
    List<Integer> twos = Collections.nCopies(axes, 2);
    List<Integer> sizes = read(section, "pool_size", axes, "places pooled", twos);
    return new Sliding(
        sizes,
        read(section, "strides", axes, "places from one position to the next", sizes),
        Collections.nCopies(axes, 1),
        readPadding(section, false));
  }

  private static Padding readPadding(Section section, boolean mayBeCausal) {
    return section
        .choice("padding", Padding.class, "what is beyond the ends")
        .check(
            mayBeCausal ? "any of them" : "not causal",
            padding -> mayBeCausal || padding != Padding.CAUSAL)
        .orElse(Padding.VALID);
  }

  private static List<Integer> read(
      Section section, String key, int axes, String meaning, List<Integer> fallback) {
    var option =
        section
            .integers(key, meaning)
            .check(
                "each at least 1, one number or " + axes,
                values ->
                    (values.size() == 1 || values.size() == axes)
                        && values.stream().allMatch(value -> value >= 1));
    List<Integer> values = fallback.isEmpty() ? option.required() : option.orElse(fallback);
    return values.size() == axes ? values : Collections.nCopies(axes, values.get(0));
  }

  int axes() {
    return sizes.size();
  }

  /** Returns the window over inputs of this shape. */
  Window over(TensorShape shape) {
    List<WindowAxis> axes = new ArrayList<>();
    for (int axis = 0; axis < axes(); axis++) {
      axes.add(along(axis, shape.dimension(axis)));
    }
    WindowAxis height = axes() == 1 ? WindowAxis.NONE : axes.get(0);
    return new Window(height, axes.get(axes() - 1), shape.last());
  }

  private WindowAxis along(int axis, int length) {
    int size = sizes.get(axis);
    int stride = strides.get(axis);
    int dilation = dilations.get(axis);
    int reach = (size - 1) * dilation + 1;
    int output =
        padding == Padding.VALID ? (length - reach) / stride + 1 : (length - 1) / stride + 1;
    if (length < reach && padding == Padding.VALID) {
      throw new UnfitShapeException("at least " + reach + " places along axis " + (axis + 1));
    }
    int before =
        switch (padding) {
          case VALID -> 0;
          case SAME -> Math.max(0, (output - 1) * stride + reach - length) / 2;
          case CAUSAL -> reach - 1;
        };
    return new WindowAxis(length, size, stride, dilation, before, output);
  }

  /** Returns the output shape with {@code channels} values at every position. */
  TensorShape outputShape(List<TensorShape> inputs, int channels) {
    Window window = over(check(inputs));
    return axes() == 1
        ? TensorShape.of(window.width().output(), channels)
        : TensorShape.of(window.height().output(), window.width().output(), channels);
  }

  /** Returns the shape of the only input. */
  TensorShape check(List<TensorShape> inputs) {
    return Shapes.exactly(
        inputs, axes() + 1, axes() == 1 ? "(steps, channels)" : "(height, width, channels)");
  }
}
