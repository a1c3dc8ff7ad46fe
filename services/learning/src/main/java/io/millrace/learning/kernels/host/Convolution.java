package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import org.jspecify.annotations.Nullable;

/** A convolution, as products of patches and the kernel; a few images at a time. */
final class Convolution extends HostCall {
  private final HostMatrix in;
  private final HostMatrix out;
  private final PatchBatch batch;
  private final HostBuffer outPart;
  private final Product product;

  Convolution(
      Blas blas,
      HostMatrix in,
      Window window,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    super(out.buffer());
    this.in = in;
    this.out = out;
    this.batch = new PatchBatch(window);
    this.outPart = out.buffer().part();
    HostMatrix outMatrix = new HostMatrix(outPart, 0, window.positions(), out.columns());
    this.product =
        new Product(blas, batch.matrix(), kernel, outMatrix, new Repetition(bias, outMatrix));
  }

  @Override
  void compute(int rows) {
    for (int first = 0; first < rows; first += batch.capacity()) {
      int count = Math.min(batch.capacity(), rows - first);
      batch.gather(in, first, count);
      outPart.moveTo(out.start(rows) + first * batch.window().positions() * out.columns());
      product.run(count);
    }
  }
}
