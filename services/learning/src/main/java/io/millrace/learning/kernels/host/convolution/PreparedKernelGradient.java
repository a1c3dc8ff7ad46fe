package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.Operand;
import io.millrace.learning.kernels.host.memory.Primitive;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The gradient of a convolution's kernel by oneDNN, a few images at a time. Each thread sums its
 * own images; the threads' sums are added at the end.
 */
final class PreparedKernelGradient extends ImageCall {
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final HostBuffer kernelGradient;
  private final ConvolutionForm form;
  private final List<PreparedImages<Images>> parts;
  private final float[][] terms;
  private final float[][] sums;

  PreparedKernelGradient(
      Team team,
      ConvolutionForm form,
      HostMatrix in,
      HostMatrix gradient,
      HostBuffer kernelGradient) {
    super(team, gradient, form.window().patchLength(), form.images(), kernelGradient);
    this.in = in;
    this.gradient = gradient;
    this.kernelGradient = kernelGradient;
    this.form = form;
    this.parts =
        PreparedImages.ofTeam(team, form.images(), count -> new Images(form.ofImages(count)));
    this.terms = new float[team.size()][kernelGradient.length()];
    this.sums = new float[team.size()][kernelGradient.length()];
  }

  @Override
  protected void prepare(int rows) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    Images images = parts.get(part).of(count);
    int inLength = form.inputLength();
    images.input.write(in.values(), in.start(rows) + first * inLength, count * inLength);
    int outLength = form.outputLength();
    images.output.write(
        gradient.values(), gradient.start(rows) + first * outLength, count * outLength);
    images.gradient.run();
    images.unpacking.run();
    images.kernel.read(terms[part], 0, terms[part].length);
    Loops.add(terms[part], 0, sums[part], 0, terms[part].length);
  }

  @Override
  protected void finish(int rows) {
    for (int part = 1; part < sums.length; part++) {
      Loops.add(sums[part], 0, sums[0], 0, sums[0].length);
    }
    System.arraycopy(sums[0], 0, kernelGradient.values, kernelGradient.offset, sums[0].length);
  }

  /** The gradient for a fixed number of images. */
  private static final class Images {
    final Operand input;
    final Operand output;
    final Operand kernel;
    final Primitive unpacking;
    final Primitive gradient;

    Images(ConvolutionForm form) {
      convolution_backward_weights.primitive_desc operation = form.kernelGradient();
      Operand packed = new Operand(operation.diff_weights_desc());
      input = new Operand(form.input());
      output = new Operand(form.output());
      kernel = new Operand(form.kernel());
      unpacking = Primitive.reorder(packed, kernel);
      gradient =
          new Primitive(new convolution_backward_weights(operation), operation)
              .with(dnnl.DNNL_ARG_SRC, input)
              .with(dnnl.DNNL_ARG_DIFF_DST, output)
              .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, packed);
    }
  }
}
