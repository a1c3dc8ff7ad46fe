package io.millrace.learning.kernels.host;

import static io.millrace.learning.kernels.host.HostMatrix.host;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Measure;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Kernels on heap arrays.
 *
 * <p>Small products are loops, large ones go to OpenBLAS through copies in native memory. How many
 * threads OpenBLAS uses is for the process to say, by {@code OPENBLAS_NUM_THREADS}.
 */
public final class HostKernels implements Kernels {
  private final Blas blas = new Blas();

  @Override
  public Buffer allocate(int length) {
    return new HostBuffer(length);
  }

  @Override
  public Call product(Matrix a, Buffer weights, @Nullable Buffer bias, Matrix out) {
    Call start = new Repetition(bias == null ? null : host(bias), HostMatrix.of(out));
    Call product = addProduct(a, weights, out);
    return rows -> {
      start.run(rows);
      product.run(rows);
    };
  }

  @Override
  public Call addProduct(Matrix a, Buffer weights, Matrix out) {
    return new Product(blas, HostMatrix.of(a), host(weights), HostMatrix.of(out));
  }

  @Override
  public Call productTransposed(Matrix a, Buffer weights, Matrix out) {
    return new TransposedProduct(blas, HostMatrix.of(a), host(weights), HostMatrix.of(out));
  }

  @Override
  public Call outerProduct(Matrix a, Matrix b, Buffer out) {
    return new OuterProduct(blas, HostMatrix.of(a), HostMatrix.of(b), host(out));
  }

  @Override
  public Call columnSums(Matrix in, Buffer out) {
    return new ColumnSums(HostMatrix.of(in), host(out));
  }

  @Override
  public Call activation(Activation function, Matrix in, Matrix out) {
    return new ActivationCall(
        ActivationLoops.of(function, in.columns()), HostMatrix.of(in), HostMatrix.of(out));
  }

  @Override
  public Call activationGradient(Activation function, Matrix in, Matrix out, Matrix gradient) {
    return new ActivationGradient(
        ActivationLoops.of(function, in.columns()),
        HostMatrix.of(function.isGradientFromOutput() ? out : in),
        HostMatrix.of(gradient));
  }

  @Override
  public Call copy(Matrix in, Matrix out) {
    return new Copy(HostMatrix.of(in), HostMatrix.of(out));
  }

  @Override
  public Call sum(List<Matrix> terms, Matrix out) {
    return new Sum(terms.stream().map(HostMatrix::of).toList(), HostMatrix.of(out));
  }

  @Override
  public Call multiply(Matrix a, Matrix b, Matrix out) {
    return new Multiplication(HostMatrix.of(a), HostMatrix.of(b), HostMatrix.of(out));
  }

  @Override
  public Call copyColumns(Matrix in, int inColumn, Matrix out, int outColumn, int width) {
    return new ColumnCopy(HostMatrix.of(in), inColumn, HostMatrix.of(out), outColumn, width);
  }

  @Override
  public Call dropoutMask(Matrix mask, float rate, RandomStream random, LongSupplier draw) {
    return new DropoutMask(HostMatrix.of(mask), rate, random, draw);
  }

  @Override
  public Call noise(Matrix out, float deviation, RandomStream random, LongSupplier draw) {
    return new Noise(HostMatrix.of(out), deviation, random, draw);
  }

  @Override
  public Measure penalty(Buffer weights, float l1, float l2) {
    return new Penalty(host(weights), l1, l2);
  }

  @Override
  public Call addPenaltyGradient(Buffer weights, Buffer gradient, float l1, float l2) {
    return new PenaltyGradient(host(weights), host(gradient), l1, l2);
  }

  @Override
  public Call update(Optimizer optimizer, Buffer parameters, Buffer gradients) {
    return new Update(optimizer, host(parameters), host(gradients));
  }
}
