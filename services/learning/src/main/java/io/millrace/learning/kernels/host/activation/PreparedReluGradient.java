package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.host.memory.OneDnn;
import io.millrace.learning.kernels.host.memory.Primitive;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** The gradient of a rectifier on a range of native memory, in place. */
final class PreparedReluGradient {
  private final Primitive operation;

  /** Prepares an operation that zeroes gradients where the rectified values are zero. */
  PreparedReluGradient(FloatPointer values, FloatPointer gradients, int length) {
    algorithm kind = algorithm.eltwise_relu_use_dst_for_bwd;
    memory.desc row = OneDnn.row(length);
    memory range = OneDnn.at(gradients, row);
    eltwise_forward.primitive_desc forward =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(prop_kind.forward_training, kind, row, 0, 0),
            OneDnn.options(),
            OneDnn.processor(),
            false);
    eltwise_backward.primitive_desc form =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(kind, row, row, 0, 0),
            OneDnn.options(),
            OneDnn.processor(),
            forward,
            false);
    operation =
        new Primitive(new eltwise_backward(form), form)
            .with(dnnl.DNNL_ARG_DST, OneDnn.at(values, row))
            .with(dnnl.DNNL_ARG_DIFF_DST, range)
            .with(dnnl.DNNL_ARG_DIFF_SRC, range);
  }

  void run() {
    operation.run();
  }
}
