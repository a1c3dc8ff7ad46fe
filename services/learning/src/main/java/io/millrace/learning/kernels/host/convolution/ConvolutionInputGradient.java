package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.memory.NativeCopy;
import io.millrace.learning.kernels.host.product.MatrixProduct;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The gradient of a convolution's input: gradients times the kernel, summed where patches overlap.
 */
final class ConvolutionInputGradient extends ImageCall {
  private final Blas blas;
  private final HostMatrix gradient;
  private final HostBuffer kernel;
  private final HostMatrix inGradient;
  private final PatchBatch[] batches;
  private final NativeCopy nativeKernel;
  private final MatrixProduct product;

  ConvolutionInputGradient(
      Blas blas, HostMatrix gradient, Window window, HostBuffer kernel, HostMatrix inGradient) {
    super(
        blas.team(),
        gradient,
        window.patchLength(),
        PatchBatch.capacity(window),
        inGradient.buffer());
    this.blas = blas;
    this.gradient = gradient;
    this.kernel = kernel;
    this.inGradient = inGradient;
    this.batches = PatchBatch.ofTeam(blas.team(), window);
    this.nativeKernel = kernel.factor(blas.team(), 0);
    this.product = MatrixProduct.timesTransposed(window.patchLength());
  }

  @Override
  protected void prepare(int rows) {
    nativeKernel.renew(rows, kernel.length());
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PatchBatch batch = batches[part];
    int m = batch.rows(count);
    int k = gradient.columns();
    NativeArray a = blas.result(part, m * k);
    a.write(0, gradient.values(), gradient.start(rows) + batch.rows(first) * k, m * k);
    FloatPointer b = nativeKernel.from(part, 0);
    product.compute(m, k, a.from(0, 0), b, 0, batch.natives());
    batch.scatter(inGradient, first, count);
  }
}
