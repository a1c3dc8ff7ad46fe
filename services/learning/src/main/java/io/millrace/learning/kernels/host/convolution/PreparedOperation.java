package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Operand;
import io.millrace.learning.kernels.host.memory.Primitive;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of a fixed number of images, or one of its gradients, with the operands. The three
 * operations of oneDNN share this class. It holds the kernel twice: in the layout of layers, and
 * packed in the layout of oneDNN.
 */
final class PreparedOperation {
  private final ConvolutionForm form;
  private final Operands operands;
  private final Primitive operation;
  private final Primitive repacking;

  private PreparedOperation(
      ConvolutionForm form, Operands operands, Primitive operation, Primitive repacking) {
    this.form = form;
    this.operands = operands;
    this.operation = operation;
    this.repacking = repacking;
  }

  /** Prepares a convolution. */
  static PreparedOperation forward(ConvolutionForm form) {
    convolution_forward.primitive_desc made = form.forward();
    Operands operands = Operands.of(form, made.weights_desc());
    Primitive operation =
        new Primitive(new convolution_forward(made), made)
            .with(dnnl.DNNL_ARG_SRC, operands.input)
            .with(dnnl.DNNL_ARG_WEIGHTS, operands.packed)
            .with(dnnl.DNNL_ARG_BIAS, operands.bias)
            .with(dnnl.DNNL_ARG_DST, operands.output);
    return new PreparedOperation(form, operands, operation, operands.packing());
  }

  /** Prepares the gradient of a convolution's input. */
  static PreparedOperation inputGradient(ConvolutionForm form) {
    convolution_backward_data.primitive_desc made = form.inputGradient();
    Operands operands = Operands.of(form, made.weights_desc());
    Primitive operation =
        new Primitive(new convolution_backward_data(made), made)
            .with(dnnl.DNNL_ARG_DIFF_DST, operands.output)
            .with(dnnl.DNNL_ARG_WEIGHTS, operands.packed)
            .with(dnnl.DNNL_ARG_DIFF_SRC, operands.input);
    return new PreparedOperation(form, operands, operation, operands.packing());
  }

  /** Prepares the gradient of a convolution's kernel. */
  static PreparedOperation kernelGradient(ConvolutionForm form) {
    convolution_backward_weights.primitive_desc made = form.kernelGradient();
    Operands operands = Operands.of(form, made.diff_weights_desc());
    Primitive operation =
        new Primitive(new convolution_backward_weights(made), made)
            .with(dnnl.DNNL_ARG_SRC, operands.input)
            .with(dnnl.DNNL_ARG_DIFF_DST, operands.output)
            .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, operands.packed);
    return new PreparedOperation(form, operands, operation, operands.unpacking());
  }

  void run() {
    operation.run();
  }

  /** Takes the kernel, and the bias where there is one. */
  void writeWeights(HostBuffer newKernel, @Nullable HostBuffer newBias) {
    operands.kernel.write(newKernel.values, newKernel.offset, newKernel.length());
    repacking.run();
    if (newBias != null) {
      operands.bias.write(newBias.values, newBias.offset, newBias.length());
    }
  }

  /** Gives the kernel's gradient. */
  void readKernel(float[] target) {
    repacking.run();
    operands.kernel.read(target, 0, target.length);
  }

  /** Takes the images of a batch from {@code first} on. */
  void writeInput(HostMatrix images, int rows, int first) {
    int length = form.inputLength();
    operands.input.write(
        images.values(), images.start(rows) + first * length, form.images() * length);
  }

  /** Gives the gradients of the images of a batch from {@code first} on. */
  void readInput(HostMatrix images, int rows, int first) {
    int length = form.inputLength();
    operands.input.read(
        images.values(), images.start(rows) + first * length, form.images() * length);
  }

  /** Takes the gradients of what the images of a batch became, from {@code first} on. */
  void writeOutput(HostMatrix results, int rows, int first) {
    int length = form.outputLength();
    operands.output.write(
        results.values(), results.start(rows) + first * length, form.images() * length);
  }

  /** Gives what the images of a batch became, from {@code first} on. */
  void readOutput(HostMatrix results, int rows, int first) {
    int length = form.outputLength();
    operands.output.read(
        results.values(), results.start(rows) + first * length, form.images() * length);
  }

  /** The operands, of which an operation uses some. */
  private record Operands(
      Operand input, Operand output, Operand kernel, Operand packed, Operand bias) {

    static Operands of(ConvolutionForm form, memory.desc packed) {
      return new Operands(
          new Operand(form.input()),
          new Operand(form.output()),
          new Operand(form.kernel()),
          new Operand(packed),
          new Operand(form.bias()));
    }

    Primitive packing() {
      return Primitive.reorder(kernel, packed);
    }

    Primitive unpacking() {
      return Primitive.reorder(packed, kernel);
    }
  }
}
