package io.millrace.doubles.kernels.host.product;

import io.millrace.doubles.kernels.host.memory.HostBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** A stand-in for an operation that oneDNN lacks in double precision. */
final class PreparedProduct {
  PreparedProduct(
      int m,
      int k,
      int n,
      DoublePointer a,
      DoublePointer b,
      DoublePointer c,
      boolean hasBias,
      boolean isRectified) {
    throw new UnsupportedOperationException();
  }

  void run(@Nullable HostBuffer newBias) {
    throw new UnsupportedOperationException();
  }
}
