package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.product.MatrixProduct;
import java.util.Arrays;

/**
 * The gradient of a convolution's kernel: patches times gradients, summed over all positions. Each
 * thread sums its own images; the threads' sums are added at the end.
 */
final class ConvolutionKernelGradient extends ImageCall {
  private final Blas blas;
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final HostBuffer kernelGradient;
  private final PatchBatch[] batches;
  private final NativeArray[] gradients;
  private final float[][] sums;
  private final MatrixProduct product;

  ConvolutionKernelGradient(
      Blas blas, HostMatrix in, Window window, HostMatrix gradient, HostBuffer kernelGradient) {
    super(blas.team(), gradient, window.patchLength(), PatchBatch.capacity(window), kernelGradient);
    this.blas = blas;
    this.in = in;
    this.gradient = gradient;
    this.kernelGradient = kernelGradient;
    this.batches = PatchBatch.ofTeam(blas.team(), window);
    int length = batches[0].rows(PatchBatch.capacity(window)) * gradient.columns();
    this.gradients = new NativeArray[batches.length];
    Arrays.setAll(gradients, part -> new NativeArray(length, 1));
    this.product = MatrixProduct.transposedTimes(batches[0].columns(), gradient.columns());
    this.sums = new float[batches.length][kernelGradient.length()];
  }

  @Override
  protected void prepare(int rows) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PatchBatch batch = batches[part];
    int m = batch.columns();
    int k = batch.rows(count);
    int n = gradient.columns();
    batch.gather(in, first, count);
    NativeArray b = gradients[part];
    b.write(0, gradient.values(), gradient.start(rows) + batch.rows(first) * n, k * n);
    NativeArray result = blas.result(part, kernelGradient.length());
    float keep = isFirst ? 0 : 1;
    product.compute(m, k, batch.natives(), b.from(0, 0), keep, result.from(0, 0));
    result.read(0, sums[part], 0, kernelGradient.length());
  }

  @Override
  protected void finish(int rows) {
    for (int part = 1; part < sums.length; part++) {
      Loops.add(sums[part], 0, sums[0], 0, sums[0].length);
    }
    System.arraycopy(sums[0], 0, kernelGradient.values, kernelGradient.offset, sums[0].length);
  }
}
