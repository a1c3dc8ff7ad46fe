package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;

/** The gradient of a convolution's kernel: patches times gradients, summed over all positions. */
final class ConvolutionKernelGradient extends HostCall {
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final PatchBatch batch;
  private final HostBuffer gradientPart;
  private final OuterProduct firstProduct;
  private final OuterProduct nextProduct;

  ConvolutionKernelGradient(
      Blas blas, HostMatrix in, Window window, HostMatrix gradient, HostBuffer kernelGradient) {
    super(kernelGradient);
    this.in = in;
    this.gradient = gradient;
    this.batch = new PatchBatch(window);
    this.gradientPart = gradient.buffer().part();
    HostMatrix part = new HostMatrix(gradientPart, 0, window.positions(), gradient.columns());
    this.firstProduct = new OuterProduct(blas, batch.matrix(), part, kernelGradient, false);
    this.nextProduct = new OuterProduct(blas, batch.matrix(), part, kernelGradient, true);
  }

  @Override
  void compute(int rows) {
    for (int first = 0; first < rows; first += batch.capacity()) {
      int count = Math.min(batch.capacity(), rows - first);
      batch.gather(in, first, count);
      gradientPart.moveTo(
          gradient.start(rows) + first * batch.window().positions() * gradient.columns());
      (first == 0 ? firstProduct : nextProduct).run(count);
    }
  }
}
