package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the implementation of a convolution: oneDNN's if it has a fast one, else products with
 * patches.
 */
public final class Convolutions {
  private Convolutions() {}

  public static Call forward(
      Blas blas,
      HostMatrix in,
      Window window,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    ConvolutionForm form = ConvolutionForm.of(window, out.columns());
    return form.isFast()
        ? new PreparedConvolution(blas.team(), form, in, kernel, bias, out)
        : new Convolution(blas, in, window, kernel, bias, out);
  }

  public static Call kernelGradient(
      Blas blas, HostMatrix in, Window window, HostMatrix gradient, HostBuffer kernelGradient) {
    ConvolutionForm form = ConvolutionForm.of(window, gradient.columns());
    return form.isFast()
        ? new PreparedKernelGradient(blas.team(), form, in, gradient, kernelGradient)
        : new ConvolutionKernelGradient(blas, in, window, gradient, kernelGradient);
  }

  public static Call inputGradient(
      Blas blas, HostMatrix gradient, Window window, HostBuffer kernel, HostMatrix inGradient) {
    ConvolutionForm form = ConvolutionForm.of(window, gradient.columns());
    return form.isFast()
        ? new PreparedInputGradient(blas.team(), form, gradient, kernel, inGradient)
        : new ConvolutionInputGradient(blas, gradient, window, kernel, inGradient);
  }
}
