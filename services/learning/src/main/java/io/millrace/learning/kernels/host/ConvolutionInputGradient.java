package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;

/**
 * The gradient of a convolution's input: gradients times the kernel, summed where patches overlap.
 */
final class ConvolutionInputGradient extends HostCall {
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final PatchBatch batch;
  private final HostBuffer gradientPart;
  private final TransposedProduct product;

  ConvolutionInputGradient(
      Blas blas, HostMatrix gradient, Window window, HostBuffer kernel, HostMatrix inGradient) {
    super(inGradient.buffer());
    this.gradient = gradient;
    this.inGradient = inGradient;
    this.batch = new PatchBatch(window);
    this.gradientPart = gradient.buffer().part();
    HostMatrix part = new HostMatrix(gradientPart, 0, window.positions(), gradient.columns());
    this.product = new TransposedProduct(blas, part, kernel, batch.matrix(), false);
  }

  @Override
  void compute(int rows) {
    for (int first = 0; first < rows; first += batch.capacity()) {
      int count = Math.min(batch.capacity(), rows - first);
      gradientPart.moveTo(
          gradient.start(rows) + first * batch.window().positions() * gradient.columns());
      product.run(count);
      batch.scatter(inGradient, first, count);
    }
  }
}
