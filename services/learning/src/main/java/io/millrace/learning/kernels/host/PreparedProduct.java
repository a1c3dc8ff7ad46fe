package io.millrace.learning.kernels.host;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A product with a bias that oneDNN has compiled for one size and one place of its operands: it
 * adds the bias while it has the result at hand.
 */
final class PreparedProduct {
  private final NativeArray bias;
  private final Primitive product;

  /**
   * Prepares {@code c = a · b + bias}; // [m, k] · [k, n] + [n] -> [m, n].
   *
   * @param isRectified whether what is below zero becomes zero
   */
  PreparedProduct(
      int m, int k, int n, FloatPointer a, FloatPointer b, FloatPointer c, boolean isRectified) {
    memory.desc formA = OneDnn.matrix(m, k);
    memory.desc formB = OneDnn.matrix(k, n);
    memory.desc formBias = OneDnn.matrix(1, n);
    memory.desc formC = OneDnn.matrix(m, n);
    matmul.desc operation = new matmul.desc(formA, formB, formBias, formC);
    primitive_attr options = OneDnn.options();
    if (isRectified) {
      options.set_post_ops(rectifying());
    }
    matmul.primitive_desc form =
        new matmul.primitive_desc(operation, options, OneDnn.processor(), false);
    bias = new NativeArray(n, 1);
    product =
        new Primitive(new matmul(form), form)
            .with(dnnl.DNNL_ARG_SRC, OneDnn.at(a, formA))
            .with(dnnl.DNNL_ARG_WEIGHTS, OneDnn.at(b, formB))
            .with(dnnl.DNNL_ARG_BIAS, OneDnn.at(bias.at(0), formBias))
            .with(dnnl.DNNL_ARG_DST, OneDnn.at(c, formC));
  }

  private static post_ops rectifying() {
    post_ops operations = new post_ops();
    for (int i = 0; i < PreparedRelu.TIMES; i++) {
      operations.append_eltwise(1, algorithm.eltwise_relu, PreparedRelu.SLOPE, 0);
    }
    return operations;
  }

  void run(HostBuffer newBias) {
    bias.write(0, newBias.values, newBias.offset, newBias.length());
    product.run();
  }
}
