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
  private final Primitive operation;

  private PreparedRelu(Primitive operation) {
    this.operation = operation;
  }

  /** Prepares what sets values below zero to zero. */
  static PreparedRelu forward(FloatPointer values, int length) {
    memory range = OneDnn.at(values, OneDnn.row(length));
    eltwise_forward.primitive_desc form = form(length);
    return new PreparedRelu(
        new Primitive(new eltwise_forward(form), form)
            .with(dnnl.DNNL_ARG_SRC, range)
            .with(dnnl.DNNL_ARG_DST, range));
  }

  /** Prepares what sets gradients to zero where the rectified values are zero. */
  static PreparedRelu backward(FloatPointer values, FloatPointer gradients, int length) {
    memory.desc row = OneDnn.row(length);
    memory range = OneDnn.at(gradients, row);
    eltwise_backward.desc operation =
        new eltwise_backward.desc(algorithm.eltwise_relu_use_dst_for_bwd, row, row, 0, 0);
    eltwise_backward.primitive_desc form =
        new eltwise_backward.primitive_desc(
            operation, OneDnn.options(), OneDnn.processor(), form(length), false);
    return new PreparedRelu(
        new Primitive(new eltwise_backward(form), form)
            .with(dnnl.DNNL_ARG_DST, OneDnn.at(values, row))
            .with(dnnl.DNNL_ARG_DIFF_DST, range)
            .with(dnnl.DNNL_ARG_DIFF_SRC, range));
  }

  void run() {
    operation.run();
  }

  private static eltwise_forward.primitive_desc form(int length) {
    eltwise_forward.desc operation =
        new eltwise_forward.desc(
            prop_kind.forward_training,
            algorithm.eltwise_relu_use_dst_for_bwd,
            OneDnn.row(length),
            0,
            0);
    return new eltwise_forward.primitive_desc(
        operation, OneDnn.options(), OneDnn.processor(), false);
  }
}
