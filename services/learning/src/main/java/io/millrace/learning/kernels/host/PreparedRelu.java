package io.millrace.learning.kernels.host;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** A rectifier, or its gradient, of a range of native memory, in place. */
final class PreparedRelu {
  /**
   * The slope below zero. With a slope of zero, oneDNN takes what is not a number for something
   * below zero, and nobody would notice that training diverges.
   */
  static final float SLOPE = 1e-30f;

  /** How many times that slope makes zero of all that is below zero, and nothing of all else. */
  static final int TIMES = 2;

  private final Primitive operation;
  private final int times;

  private PreparedRelu(Primitive operation, int times) {
    this.operation = operation;
    this.times = times;
  }

  /** Prepares what sets values below zero to zero. */
  static PreparedRelu forward(FloatPointer values, int length) {
    memory range = OneDnn.at(values, OneDnn.row(length));
    eltwise_forward.primitive_desc form = form(algorithm.eltwise_relu, SLOPE, length);
    return new PreparedRelu(
        new Primitive(new eltwise_forward(form), form)
            .with(dnnl.DNNL_ARG_SRC, range)
            .with(dnnl.DNNL_ARG_DST, range),
        TIMES);
  }

  /** Prepares what sets gradients to zero where the rectified values are zero. */
  static PreparedRelu backward(FloatPointer values, FloatPointer gradients, int length) {
    memory.desc row = OneDnn.row(length);
    memory range = OneDnn.at(gradients, row);
    eltwise_backward.desc operation =
        new eltwise_backward.desc(algorithm.eltwise_relu_use_dst_for_bwd, row, row, 0, 0);
    eltwise_backward.primitive_desc form =
        new eltwise_backward.primitive_desc(
            operation,
            OneDnn.options(),
            OneDnn.processor(),
            form(algorithm.eltwise_relu_use_dst_for_bwd, 0, length),
            false);
    return new PreparedRelu(
        new Primitive(new eltwise_backward(form), form)
            .with(dnnl.DNNL_ARG_DST, OneDnn.at(values, row))
            .with(dnnl.DNNL_ARG_DIFF_DST, range)
            .with(dnnl.DNNL_ARG_DIFF_SRC, range),
        1);
  }

  void run() {
    for (int i = 0; i < times; i++) {
      operation.run();
    }
  }

  private static eltwise_forward.primitive_desc form(algorithm kind, float slope, int length) {
    eltwise_forward.desc operation =
        new eltwise_forward.desc(prop_kind.forward_training, kind, OneDnn.row(length), slope, 0);
    return new eltwise_forward.primitive_desc(
        operation, OneDnn.options(), OneDnn.processor(), false);
  }
}
