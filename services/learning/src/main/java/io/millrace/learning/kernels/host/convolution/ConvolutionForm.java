package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.learning.kernels.host.memory.OneDnn;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * A convolution of a number of images, in oneDNN's terms. Axes are in the order of channels, height
 * and width, whatever the memory layout. oneDNN may choose the layout of the kernel.
 */
record ConvolutionForm(Window window, int filters, int images) {
  /** The number of values of inputs and outputs that fit into the processor's cache. */
  private static final int CACHED_VALUES = 1 << 16;

  /** Returns the form for the best number of images at a time. */
  static ConvolutionForm of(Window window, int filters) {
    ConvolutionForm one = new ConvolutionForm(window, filters, 1);
    return one.ofImages(Math.max(1, CACHED_VALUES / (one.inputLength() + one.outputLength())));
  }

  /** Returns the same convolution of another number of images. */
  ConvolutionForm ofImages(int count) {
    return new ConvolutionForm(window, filters, count);
  }

  /** Returns the number of input values of one image. */
  int inputLength() {
    return window.places() * window.channels();
  }

  /** Returns the number of output values of one image. */
  int outputLength() {
    return window.positions() * filters;
  }

  /** Returns whether oneDNN has fast implementations of the convolution and its gradients. */
  boolean isFast() {
    return OneDnn.IS_FAST
        && !OneDnn.isSlow(forward())
        && !OneDnn.isSlow(kernelGradient())
        && !OneDnn.isSlow(inputGradient());
  }

  convolution_forward.primitive_desc forward() {
    return new convolution_forward.primitive_desc(
        new convolution_forward.desc(
            prop_kind.forward_training,
            algorithm.convolution_direct,
            input(),
            kernel(format_tag.any),
            bias(),
            output(),
            strides(),
            dilations(),
            before(),
            after()),
        OneDnn.options(),
        OneDnn.processor());
  }

  convolution_backward_weights.primitive_desc kernelGradient() {
    return new convolution_backward_weights.primitive_desc(
        new convolution_backward_weights.desc(
            algorithm.convolution_direct,
            input(),
            kernel(format_tag.any),
            output(),
            strides(),
            dilations(),
            before(),
            after()),
        OneDnn.options(),
        OneDnn.processor(),
        forward());
  }

  convolution_backward_data.primitive_desc inputGradient() {
    return new convolution_backward_data.primitive_desc(
        new convolution_backward_data.desc(
            algorithm.convolution_direct,
            input(),
            kernel(format_tag.any),
            output(),
            strides(),
            dilations(),
            before(),
            after()),
        OneDnn.options(),
        OneDnn.processor(),
        forward());
  }

  memory.desc input() {
    return image(window.channels(), window.height().input(), window.width().input());
  }

  memory.desc output() {
    return image(filters, window.height().output(), window.width().output());
  }

  private memory.desc image(int channels, int height, int width) {
    return new memory.desc(
        new long[] {images, channels, height, width}, data_type.f32, format_tag.nhwc);
  }

  /** Returns the kernel in the layout of layers. */
  memory.desc kernel() {
    return kernel(format_tag.hwio);
  }

  private memory.desc kernel(format_tag layout) {
    long[] sizes = {filters, window.channels(), window.height().size(), window.width().size()};
    return new memory.desc(sizes, data_type.f32, layout);
  }

  memory.desc bias() {
    return new memory.desc(new long[] {filters}, data_type.f32, format_tag.a);
  }

  private long[] strides() {
    return new long[] {window.height().stride(), window.width().stride()};
  }

  private long[] dilations() {
    return new long[] {window.height().dilation() - 1, window.width().dilation() - 1};
  }

  private long[] before() {
    return new long[] {window.height().padding(), window.width().padding()};
  }

  private long[] after() {
    return new long[] {after(window.height()), after(window.width())};
  }

  /** Returns how many places of padding the last position of a window needs after the end. */
  private static long after(WindowAxis axis) {
    return Math.max(0, axis.place(axis.output() - 1, axis.size() - 1) - axis.input() + 1);
  }
}
