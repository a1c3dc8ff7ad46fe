package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.host.activation.ActivationCall;
import io.millrace.learning.kernels.host.activation.ActivationLoops;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import org.jspecify.annotations.Nullable;

/** A product whose negative values are set to zero, in one operation if oneDNN has it. */
public final class RectifiedProduct implements Call {
  private final Product product;
  private final HostMatrix out;
  private final ActivationCall rectifying;

  public RectifiedProduct(
      Blas blas, HostMatrix a, HostBuffer weights, @Nullable HostBuffer bias, HostMatrix out) {
    ActivationLoops[] loops = ActivationLoops.ofTeam(blas.team(), Activation.RELU, out.columns());
    this.product = new Product(blas, a, weights, bias, out, Product.Form.RECTIFIED);
    this.out = out;
    this.rectifying = new ActivationCall(blas.team(), loops, out, out);
  }

  @Override
  public void run(int rows) {
    product.run(rows);
    if (!product.isPrepared(rows)) {
      out.buffer().catchUp();
      rectifying.run(rows);
    }
  }
}
