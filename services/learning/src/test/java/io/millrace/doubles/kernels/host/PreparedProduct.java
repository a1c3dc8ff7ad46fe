package io.millrace.doubles.kernels.host;

import org.bytedeco.javacpp.DoublePointer;

/** What oneDNN has not in double precision. */
final class PreparedProduct {
  PreparedProduct(
      int m, int k, int n, DoublePointer a, DoublePointer b, DoublePointer c, boolean isRectified) {
    throw new UnsupportedOperationException();
  }

  void run(HostBuffer newBias) {
    throw new UnsupportedOperationException();
  }
}
