package io.millrace.learning.kernels.nd4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products. */
final class Products {
  private Products() {}

  /** Binds {@code out = a · weights + bias}; // [n, in] · [in, out] + [out] -> [n, out]. */
  static Operation affine(INDArray a, INDArray weights, @Nullable INDArray bias, INDArray out) {
    return bias == null
        ? plain(a, weights, out, 0)
        : NativeOperation.named("xw_plus_b").reads(a, weights, bias).writes(out);
  }

  /** Binds {@code out = a · b + kept * out}; // [n, in] · [in, out] -> [n, out]. */
  static Operation plain(INDArray a, INDArray b, INDArray out, double kept) {
    return product(a, b, out).integers(0, 0, 0).decimals(1, kept);
  }

  /** Binds {@code out = a · bᵀ + kept * out}; // [n, out] · [in, out]ᵀ -> [n, in]. */
  static Operation transposed(INDArray a, INDArray b, INDArray out, double kept) {
    return product(a, b, out).integers(0, 1, 0).decimals(1, kept);
  }

  /** Binds {@code out = aᵀ · b}; // [n, in]ᵀ · [n, out] -> [in, out]. */
  static Operation outer(INDArray a, INDArray b, INDArray out) {
    return product(a, b, out).integers(1, 0, 0).decimals(1, 0);
  }

  private static NativeOperation product(INDArray a, INDArray b, INDArray out) {
    return NativeOperation.named("matmul").reads(a, b).writes(out);
  }
}
