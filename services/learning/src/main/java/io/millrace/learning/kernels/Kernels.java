package io.millrace.learning.kernels;

import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations that layers are written on, and the memory they work in.
 *
 * <p>Every method binds a kernel to its operands, once, when a network is compiled. In the shapes
 * below {@code n} is the number of rows of the first matrix for the batch at hand. A kernel
 * overwrites its result unless it says that it adds. Operands may be the same buffer only where a
 * method says so. An instance and all that it made belong to one thread.
 */
public interface Kernels {

  /** Returns a new buffer of zeros. */
  Buffer allocate(int length);

  /** Binds {@code out = a · weights + bias}; // [n, in] · [in, out] + [out] -> [n, out]. */
  Call product(Matrix a, Buffer weights, @Nullable Buffer bias, Matrix out);

  /** Binds {@code out += a · weights}; // [n, in] · [in, out] -> [n, out]. */
  Call addProduct(Matrix a, Buffer weights, Matrix out);

  /** Binds {@code out = a · weightsᵀ}; // [n, out] · [in, out]ᵀ -> [n, in]. */
  Call productTransposed(Matrix a, Buffer weights, Matrix out);

  /** Binds {@code out = aᵀ · b}; // [n, in]ᵀ · [n, out] -> [in, out]. */
  Call outerProduct(Matrix a, Matrix b, Buffer out);

  /** Binds the sums over rows; // [n, columns] -> [columns]. */
  Call columnSums(Matrix in, Buffer out);

  /** Binds an activation; {@code in} and {@code out} may be the same. */
  Call activation(Activation function, Matrix in, Matrix out);

  /**
   * Binds the gradient of an activation: turns {@code gradient}, that of the output, into that of
   * the input, in place. {@code in} is read only where the gradient is not one of the output alone.
   */
  Call activationGradient(Activation function, Matrix in, Matrix out, Matrix gradient);

  /** Binds a copy of all values. */
  Call copy(Matrix in, Matrix out);

  /** Binds the sum of several matrices of one shape; {@code out} may be the first of them. */
  Call sum(List<Matrix> terms, Matrix out);

  /** Binds {@code out = a * b}, value by value; {@code out} may be either. */
  Call multiply(Matrix a, Matrix b, Matrix out);

  /**
   * Binds a copy of columns: {@code width} columns from {@code inColumn} of each row of {@code in}
   * to {@code outColumn} of the row of {@code out} with the same number.
   */
  Call copyColumns(Matrix in, int inColumn, Matrix out, int outColumn, int width);

  /**
   * Binds the drawing of a mask for inverted dropout: each value is 0 with probability {@code
   * rate}, else 1 / (1 - rate).
   *
   * @param draw gives the number of the draw, from which the mask follows
   */
  Call dropoutMask(Matrix mask, float rate, RandomStream random, LongSupplier draw);

  /** Binds the drawing of normal noise with mean zero; {@code draw} is as for dropout. */
  Call noise(Matrix out, float deviation, RandomStream random, LongSupplier draw);

  /** Binds {@code l1 * sum |weights| + l2 * sum weights²}. */
  Measure penalty(Buffer weights, float l1, float l2);

  /** Binds {@code gradient += l1 * sign(weights) + 2 * l2 * weights}. */
  Call addPenaltyGradient(Buffer weights, Buffer gradient, float l1, float l2);

  /** Binds the update of parameters by their gradients and the optimizer's slots. */
  Call update(Optimizer optimizer, Buffer parameters, Buffer gradients);
}
