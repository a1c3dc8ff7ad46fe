package io.millrace.doubles.kernels.host;

import io.millrace.doubles.kernels.Call;
import io.millrace.doubles.kernels.Window;
import org.jspecify.annotations.Nullable;

/** Convolutions in double precision, which oneDNN has none of: products with patches. */
final class Convolutions {
  private Convolutions() {}

  static Call forward(
      Blas blas,
      HostMatrix in,
      Window window,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    return new Convolution(blas, in, window, kernel, bias, out);
  }

  static Call kernelGradient(
      Blas blas, HostMatrix in, Window window, HostMatrix gradient, HostBuffer kernelGradient) {
    return new ConvolutionKernelGradient(blas, in, window, gradient, kernelGradient);
  }

  static Call inputGradient(
      Blas blas, HostMatrix gradient, Window window, HostBuffer kernel, HostMatrix inGradient) {
    return new ConvolutionInputGradient(blas, gradient, window, kernel, inGradient);
  }
}
