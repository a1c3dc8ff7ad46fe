package io.millrace.learning.kernels.host;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A product with a bias that oneDNN has compiled for one size and one place of its operands: it
 * adds the bias while it has the result at hand.
 */
final class PreparedProduct {
  private final NativeArray bias;
  private final Primitive product;

  /** Prepares {@code c = a · b + bias}; // [m, k] · [k, n] + [n] -> [m, n]. */
  PreparedProduct(int m, int k, int n, FloatPointer a, FloatPointer b, FloatPointer c) {
    memory.desc formA = OneDnn.matrix(m, k);
    memory.desc formB = OneDnn.matrix(k, n);
    memory.desc formBias = OneDnn.matrix(1, n);
    memory.desc formC = OneDnn.matrix(m, n);
    matmul.desc operation = new matmul.desc(formA, formB, formBias, formC);
    matmul.primitive_desc form =
        new matmul.primitive_desc(operation, OneDnn.options(), OneDnn.processor(), false);
    bias = new NativeArray(n, 1);
    product =
        new Primitive(new matmul(form), form)
            .with(dnnl.DNNL_ARG_SRC, OneDnn.at(a, formA))
            .with(dnnl.DNNL_ARG_WEIGHTS, OneDnn.at(b, formB))
            .with(dnnl.DNNL_ARG_BIAS, OneDnn.at(bias.at(0), formBias))
            .with(dnnl.DNNL_ARG_DST, OneDnn.at(c, formC));
  }

  void run(HostBuffer newBias) {
    bias.write(0, newBias.values, newBias.offset, newBias.length());
    product.run();
  }
}
