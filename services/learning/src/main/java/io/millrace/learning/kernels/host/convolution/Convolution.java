package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.memory.NativeCopy;
import io.millrace.learning.kernels.host.product.MatrixProduct;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** A convolution as products of patches and the kernel, a few images at a time. */
final class Convolution extends ImageCall {
  private final Blas blas;
  private final HostMatrix in;
  private final HostBuffer kernel;
  private final @Nullable HostBuffer bias;
  private final HostMatrix out;
  private final PatchBatch[] batches;
  private final NativeCopy nativeKernel;
  private final MatrixProduct product;

  Convolution(
      Blas blas,
      HostMatrix in,
      Window window,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    super(blas.team(), out, window.patchLength(), PatchBatch.capacity(window), out.buffer());
    this.blas = blas;
    this.in = in;
    this.kernel = kernel;
    this.bias = bias;
    this.out = out;
    this.batches = PatchBatch.ofTeam(blas.team(), window);
    this.nativeKernel = kernel.factor(blas.team(), 0);
    this.product = MatrixProduct.plain(out.columns());
  }

  @Override
  protected void prepare(int rows) {
    nativeKernel.renew(rows, kernel.length());
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PatchBatch batch = batches[part];
    int m = batch.rows(count);
    int k = batch.columns();
    int n = out.columns();
    batch.gather(in, first, count);
    NativeArray result = blas.result(part, m * n);
    if (bias != null) {
      result.repeat(0, bias.values, bias.offset, n, m);
    }
    float keep = bias == null ? 0 : 1;
    FloatPointer b = nativeKernel.from(part, 0);
    product.compute(m, k, batch.natives(), b, keep, result.from(0, 0));
    result.read(0, out.values(), out.start(rows) + batch.rows(first) * n, m * n);
  }
}
