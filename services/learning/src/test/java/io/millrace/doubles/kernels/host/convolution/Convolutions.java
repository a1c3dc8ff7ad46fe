package io.millrace.doubles.kernels.host.convolution;

import io.millrace.doubles.kernels.Call;
import io.millrace.doubles.kernels.Window;
import io.millrace.doubles.kernels.host.memory.Blas;
import io.millrace.doubles.kernels.host.memory.HostBuffer;
import io.millrace.doubles.kernels.host.memory.HostMatrix;
import org.jspecify.annotations.Nullable;

/** Convolutions in double precision, which oneDNN lacks, as products with patches. */
public final class Convolutions {
  private Convolutions() {}

  public static Call forward(
      Blas blas,
      HostMatrix in,
      Window window,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    return new Convolution(blas, in, window, kernel, bias, out);
  }

  public static Call kernelGradient(
      Blas blas, HostMatrix in, Window window, HostMatrix gradient, HostBuffer kernelGradient) {
    return new ConvolutionKernelGradient(blas, in, window, gradient, kernelGradient);
  }

  public static Call inputGradient(
      Blas blas, HostMatrix gradient, Window window, HostBuffer kernel, HostMatrix inGradient) {
    return new ConvolutionInputGradient(blas, gradient, window, kernel, inGradient);
  }
}
