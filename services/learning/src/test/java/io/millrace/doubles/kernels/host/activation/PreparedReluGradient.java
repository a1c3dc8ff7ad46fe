package io.millrace.doubles.kernels.host.activation;

import org.bytedeco.javacpp.DoublePointer;

/** A stand-in for an operation that oneDNN lacks in double precision. */
final class PreparedReluGradient {
  PreparedReluGradient(DoublePointer values, DoublePointer gradients, int length) {
    throw new UnsupportedOperationException();
  }

  void run() {
    throw new UnsupportedOperationException();
  }
}
