package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Call;

/** A product with a bias, and what is below zero set to zero: at once where oneDNN does both. */
final class RectifiedProduct implements Call {
  private final Product product;
  private final Rectifying rectifying;

  RectifiedProduct(Blas blas, HostMatrix a, HostBuffer weights, HostBuffer bias, HostMatrix out) {
    product = new Product(blas, a, weights, bias, out, Product.Form.RECTIFIED);
    rectifying = new Rectifying(blas.team(), out);
  }

  @Override
  public void run(int rows) {
    product.run(rows);
    if (!product.isPrepared(rows)) {
      rectifying.run(rows);
    }
  }
}
