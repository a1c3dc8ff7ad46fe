package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Operand;
import io.millrace.learning.kernels.host.memory.Primitive;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/** A convolution by oneDNN. */
final class PreparedConvolution extends ImageCall {
  private final HostMatrix in;
  private final HostBuffer kernel;
  private final @Nullable HostBuffer bias;
  private final HostMatrix out;
  private final ConvolutionForm form;
  private final List<PreparedImages<Images>> parts;

  PreparedConvolution(
      Team team,
      ConvolutionForm form,
      HostMatrix in,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    super(team, out, form.window().patchLength(), form.images(), out.buffer());
    this.in = in;
    this.kernel = kernel;
    this.bias = bias;
    this.out = out;
    this.form = form;
    this.parts =
        PreparedImages.ofTeam(team, form.images(), count -> new Images(form.ofImages(count)));
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    Images images = parts.get(part).of(count);
    if (isFirst || count < form.images()) {
      images.setWeights(kernel, bias);
    }
    int inLength = form.inputLength();
    images.input.write(in.values(), in.start(rows) + first * inLength, count * inLength);
    images.convolution.run();
    int outLength = form.outputLength();
    images.output.read(out.values(), out.start(rows) + first * outLength, count * outLength);
  }

  /** A convolution of a fixed number of images. */
  private static final class Images {
    final Operand input;
    final Operand output;
    final Primitive convolution;
    private final Operand kernel;
    private final Operand bias;
    private final Primitive packing;

    Images(ConvolutionForm form) {
      convolution_forward.primitive_desc operation = form.forward();
      Operand packed = new Operand(operation.weights_desc());
      input = new Operand(form.input());
      output = new Operand(form.output());
      kernel = new Operand(form.kernel());
      bias = new Operand(form.bias());
      packing = Primitive.reorder(kernel, packed);
      convolution =
          new Primitive(new convolution_forward(operation), operation)
              .with(dnnl.DNNL_ARG_SRC, input)
              .with(dnnl.DNNL_ARG_WEIGHTS, packed)
              .with(dnnl.DNNL_ARG_BIAS, bias)
              .with(dnnl.DNNL_ARG_DST, output);
    }

    void setWeights(HostBuffer newKernel, @Nullable HostBuffer newBias) {
      kernel.write(newKernel.values, newKernel.offset, newKernel.length());
      packing.run();
      if (newBias != null) {
        bias.write(newBias.values, newBias.offset, newBias.length());
      }
    }
  }
}
