package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.memory.OneDnn;
import io.millrace.learning.kernels.host.memory.Primitive;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A product that oneDNN has compiled for one size and one place of its operands. It adds the bias
 * and rectifies in the same pass.
 */
final class PreparedProduct {
  /**
   * The slope below zero. With a slope of zero, oneDNN would turn NaN into zero and hide that
   * training diverges.
   */
  private static final float SLOPE = 1e-30f;

  /** Applied twice, that slope turns all negative values into zero and changes nothing else. */
  private static final int TIMES = 2;

  private final NativeArray bias;
  private final Primitive product;

  /**
   * Prepares {@code c = a · b + bias}; // [m, k] · [k, n] + [n] -> [m, n].
   *
   * @param hasBias whether a bias is added
   * @param isRectified whether negative values become zero
   */
  PreparedProduct(
      int m,
      int k,
      int n,
      FloatPointer a,
      FloatPointer b,
      FloatPointer c,
      boolean hasBias,
      boolean isRectified) {
    memory.desc formA = OneDnn.matrix(m, k);
    memory.desc formB = OneDnn.matrix(k, n);
    memory.desc formBias = hasBias ? OneDnn.matrix(1, n) : new memory.desc();
    memory.desc formC = OneDnn.matrix(m, n);
    primitive_attr options = OneDnn.options();
    if (isRectified) {
      options.set_post_ops(rectifying());
    }
    matmul.desc operation = new matmul.desc(formA, formB, formBias, formC);
    matmul.primitive_desc form =
        new matmul.primitive_desc(operation, options, OneDnn.processor(), false);
    bias = new NativeArray(n, 1);
    product =
        new Primitive(new matmul(form), form)
            .with(dnnl.DNNL_ARG_SRC, OneDnn.at(a, formA))
            .with(dnnl.DNNL_ARG_WEIGHTS, OneDnn.at(b, formB))
            .with(dnnl.DNNL_ARG_DST, OneDnn.at(c, formC));
    if (hasBias) {
      product.with(dnnl.DNNL_ARG_BIAS, OneDnn.at(bias.at(0), formBias));
    }
  }

  private static post_ops rectifying() {
    post_ops operations = new post_ops();
    for (int i = 0; i < TIMES; i++) {
      operations.append_eltwise(1, algorithm.eltwise_relu, SLOPE, 0);
    }
    return operations;
  }

  /**
   * @param newBias absent if none is added
   */
  void run(@Nullable HostBuffer newBias) {
    if (newBias != null) {
      bias.write(0, newBias.values, newBias.offset, newBias.length());
    }
    product.run();
  }
}
