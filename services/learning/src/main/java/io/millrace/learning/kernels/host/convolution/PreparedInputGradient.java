package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Operand;
import io.millrace.learning.kernels.host.memory.Primitive;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.global.dnnl;

/** The gradient of a convolution's input by oneDNN. */
final class PreparedInputGradient extends ImageCall {
  private final HostMatrix gradient;
  private final HostBuffer kernel;
  private final HostMatrix inGradient;
  private final ConvolutionForm form;
  private final List<PreparedImages<Images>> parts;

  PreparedInputGradient(
      Team team,
      ConvolutionForm form,
      HostMatrix gradient,
      HostBuffer kernel,
      HostMatrix inGradient) {
    super(team, gradient, form.window().patchLength(), form.images(), inGradient.buffer());
    this.gradient = gradient;
    this.kernel = kernel;
    this.inGradient = inGradient;
    this.form = form;
    this.parts =
        PreparedImages.ofTeam(team, form.images(), count -> new Images(form.ofImages(count)));
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    Images images = parts.get(part).of(count);
    if (isFirst || count < form.images()) {
      images.kernel.write(kernel.values, kernel.offset, kernel.length());
      images.packing.run();
    }
    int outLength = form.outputLength();
    images.output.write(
        gradient.values(), gradient.start(rows) + first * outLength, count * outLength);
    images.gradient.run();
    int inLength = form.inputLength();
    images.input.read(
        inGradient.values(), inGradient.start(rows) + first * inLength, count * inLength);
  }

  /** The gradient for a fixed number of images. */
  private static final class Images {
    final Operand input;
    final Operand output;
    final Operand kernel;
    final Primitive packing;
    final Primitive gradient;

    Images(ConvolutionForm form) {
      convolution_backward_data.primitive_desc operation = form.inputGradient();
      Operand packed = new Operand(operation.weights_desc());
      input = new Operand(form.input());
      output = new Operand(form.output());
      kernel = new Operand(form.kernel());
      packing = Primitive.reorder(kernel, packed);
      gradient =
          new Primitive(new convolution_backward_data(operation), operation)
              .with(dnnl.DNNL_ARG_DIFF_DST, output)
              .with(dnnl.DNNL_ARG_WEIGHTS, packed)
              .with(dnnl.DNNL_ARG_DIFF_SRC, input);
    }
  }
}
