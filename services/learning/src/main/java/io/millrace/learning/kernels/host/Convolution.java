package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A convolution, as products of patches and the kernel; a few images at a time. */
final class Convolution extends ImageCall {
  private final Blas blas;
  private final HostMatrix in;
  private final HostBuffer kernel;
  private final HostMatrix out;
  private final PatchBatch[] batches;
  private final HostMatrix biases;
  private final Repetition bias;
  private final NativeCopy nativeKernel;
  private final NativeCopy nativeBiases;

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
    this.out = out;
    this.batches = PatchBatch.ofTeam(blas.team(), window);
    int rows = batches[0].rows(PatchBatch.capacity(window));
    this.biases = new HostMatrix(new HostBuffer(rows * out.columns()), 0, rows, out.columns());
    this.bias = new Repetition(bias, biases);
    this.nativeKernel = kernel.nativeCopy(0);
    this.nativeBiases = biases.nativeCopy();
  }

  @Override
  void prepare(int rows) {
    bias.run(1);
    nativeBiases.renew(team(), 1, biases.length(1));
    nativeKernel.renew(team(), rows, kernel.length());
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PatchBatch batch = batches[part];
    int m = batch.rows(count);
    int k = batch.columns();
    int n = out.columns();
    batch.gather(in, first, count);
    NativeArray result = blas.result(part, m * n);
    FloatPointer c = result.from(0, 0);
    Pointer.memcpy(c, nativeBiases.from(part, 0), (long) m * n * c.sizeof());
    FloatPointer b = nativeKernel.from(part, 0);
    MatrixProduct.compute(false, false, m, k, n, batch.natives(), k, b, n, 1, c);
    result.read(0, out.values(), out.start(rows) + batch.rows(first) * n, m * n);
  }
}
