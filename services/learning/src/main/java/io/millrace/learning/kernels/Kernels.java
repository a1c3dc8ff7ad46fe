package io.millrace.learning.kernels;

import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations that layers are built from, and the memory they work in.
 *
 * <p>Every method binds a kernel to its operands once, when a network is compiled. In the shapes
 * below, {@code n} is the number of rows of the first matrix for the current batch. A kernel
 * overwrites its result unless its method says that it adds. Operands may share a buffer only if
 * the method says so. An instance and everything it made belong to one thread.
 */
public interface Kernels {

  /** Returns a new buffer of zeros. */
  Buffer allocate(int length);

  /** Binds {@code out = a · weights + bias}; // [n, in] · [in, out] + [out] -> [n, out]. */
  Call product(Matrix a, Buffer weights, @Nullable Buffer bias, Matrix out);

  /**
   * Binds a product with an activation applied to it in place.
   *
   * @param function an activation whose gradient needs only the output
   */
  default Call activatedProduct(
      Matrix a, Buffer weights, @Nullable Buffer bias, Activation function, Matrix out) {
    Call product = product(a, weights, bias, out);
    Call activation = activation(function, out, out);
    return rows -> {
      product.run(rows);
      activation.run(rows);
    };
  }

  /** Binds {@code out += a · weights}; // [n, in] · [in, out] -> [n, out]. */
  Call addProduct(Matrix a, Buffer weights, Matrix out);

  /** Binds {@code out = a · weightsᵀ}; // [n, out] · [in, out]ᵀ -> [n, in]. */
  Call timesTransposed(Matrix a, Buffer weights, Matrix out);

  /** Binds {@code out = aᵀ · b}; // [n, in]ᵀ · [n, out] -> [in, out]. */
  Call transposedTimes(Matrix a, Matrix b, Buffer out);

  /** Binds the sums over rows; // [n, columns] -> [columns]. */
  Call columnSums(Matrix in, Buffer out);

  /** Binds an activation; {@code in} and {@code out} may be the same. */
  Call activation(Activation function, Matrix in, Matrix out);

  /**
   * Binds the gradient of an activation: turns {@code gradient} from that of the output into that
   * of the input, in place. Reads {@code in} only if the gradient needs more than the output.
   */
  Call activationGradient(Activation function, Matrix in, Matrix out, Matrix gradient);

  /**
   * Binds the identity above zero and a line of slope {@code slope} below; {@code in} and {@code
   * out} may be the same.
   *
   * @param slope not negative
   */
  Call leakyRelu(float slope, Matrix in, Matrix out);

  /**
   * Binds its gradient: turns {@code gradient} from that of the output into that of the input, in
   * place.
   */
  Call leakyReluGradient(float slope, Matrix out, Matrix gradient);

  /** Binds a copy of all values. */
  Call copy(Matrix in, Matrix out);

  /** Binds the sum of several matrices of the same shape; {@code out} may be the first of them. */
  Call sum(List<Matrix> terms, Matrix out);

  /** Binds {@code out = a * b}, element by element; {@code out} may be either. */
  Call multiply(Matrix a, Matrix b, Matrix out);

  /**
   * Binds a copy of columns: in each row, {@code width} columns of {@code in} from {@code inColumn}
   * on go to {@code out} from {@code outColumn} on.
   */
  Call copyColumns(Matrix in, int inColumn, Matrix out, int outColumn, int width);

  /**
   * Binds a random mask for inverted dropout: each value is 0 with probability {@code rate}, else 1
   * / (1 - rate).
   *
   * @param draw supplies the number of the draw, which determines the mask
   */
  Call dropoutMask(Matrix mask, float rate, RandomStream random, LongSupplier draw);

  /** Binds normal noise with mean zero; {@code draw} is as for dropout. */
  Call noise(Matrix out, float deviation, RandomStream random, LongSupplier draw);

  /** Binds {@code l1 * sum |weights| + l2 * sum weights²}. */
  Reduction penalty(Buffer weights, float l1, float l2);

  /** Binds {@code gradient += l1 * sign(weights) + 2 * l2 * weights}. */
  Call addPenaltyGradient(Buffer weights, Buffer gradient, float l1, float l2);

  /** Binds {@code out += a · weightsᵀ}; // [n, out] · [in, out]ᵀ -> [n, in]. */
  Call addTimesTransposed(Matrix a, Buffer weights, Matrix out);

  /** Binds {@code out = factor * in}; both may be the same. */
  Call scale(Matrix in, float factor, Matrix out);

  /** Binds the zeroing of all values. */
  Call zero(Matrix out);

  /** Binds mean and variance of each column; // [n, columns] -> [columns], [columns]. */
  Call columnStatistics(Matrix in, Buffer mean, Buffer variance);

  /** Binds {@code average = momentum * average + (1 - momentum) * value}. */
  Call movingAverage(Buffer value, Buffer average, float momentum);

  /** Binds a normalization of columns. */
  Call normalizeColumns(Matrix in, ColumnNormalization normalization, Matrix out);

  /**
   * Binds the gradient of a normalization of columns.
   *
   * @param ofBatch whether mean and variance are those of {@code in}, so that the gradient flows
   *     through them
   */
  Call normalizeColumnsGradient(
      Matrix in,
      ColumnNormalization normalization,
      Matrix gradient,
      NormalizationGradient sums,
      Matrix inGradient,
      boolean ofBatch);

  /** Binds a normalization of rows. */
  Call normalizeRows(Matrix in, RowNormalization normalization, Matrix out);

  /** Binds the gradient of a normalization of rows. */
  Call normalizeRowsGradient(
      Matrix in,
      RowNormalization normalization,
      Matrix gradient,
      NormalizationGradient sums,
      Matrix inGradient);

  /** Binds a lookup of rows; // indices [n, 1], table [size, columns] -> [n, columns]. */
  Call gather(Matrix indices, Buffer table, Matrix out);

  /**
   * Binds the gradient of a lookup: sums the rows of {@code gradient} by their index.
   *
   * @param squares receives the sums of their squares. If given, nothing else may write to {@code
   *     tableGradient}, because only the rows of the last run are cleared
   */
  Call scatter(Matrix indices, Matrix gradient, Buffer tableGradient, @Nullable Buffer squares);

  /**
   * Binds a convolution; // [n, places * channels] -> [n * positions, filters].
   *
   * @param kernel {@code [length of a patch, filters]}
   */
  Call convolution(Matrix in, Window window, Buffer kernel, @Nullable Buffer bias, Matrix out);

  /** Binds the gradient of a convolution's kernel. */
  Call convolutionKernelGradient(Matrix in, Window window, Matrix gradient, Buffer kernelGradient);

  /** Binds the gradient of a convolution's input. */
  Call convolutionInputGradient(Matrix gradient, Window window, Buffer kernel, Matrix inGradient);

  /**
   * Binds a depthwise convolution, of each channel on its own; // [n, places * channels] -> [n *
   * positions, channels * multiplier].
   *
   * @param kernel {@code [size of the window, channels * multiplier]}
   */
  Call depthwise(Matrix in, Window window, Buffer kernel, @Nullable Buffer bias, Matrix out);

  /** Binds the gradient of a depthwise convolution's kernel. */
  Call depthwiseKernelGradient(Matrix in, Window window, Matrix gradient, Buffer kernelGradient);

  /** Binds the gradient of a depthwise convolution's input. */
  Call depthwiseInputGradient(Matrix gradient, Window window, Buffer kernel, Matrix inGradient);

  /**
   * Binds the maximum of each channel in a window; // [n, places * channels] -> [n * positions,
   * channels].
   */
  Call maxPooling(Matrix in, Window window, Matrix out);

  /** Binds its gradient, which goes to the first place that holds the maximum. */
  Call maxPoolingGradient(Matrix in, Window window, Matrix out, Matrix gradient, Matrix inGradient);

  /** Binds the mean of each channel over the places of a window without its padding. */
  Call averagePooling(Matrix in, Window window, Matrix out);

  /** Binds its gradient. */
  Call averagePoolingGradient(Matrix gradient, Window window, Matrix inGradient);

  /**
   * Binds the swap of the batch and step axes; // [n, steps, columns] -> [steps, n, columns].
   *
   * @param isReversed whether the last step comes first
   */
  Call timeMajor(Matrix in, Matrix out, boolean isReversed);

  /** Binds the inverse of {@link #timeMajor}; // [steps, n, columns] -> [n, steps, columns]. */
  Call examplesFirst(Matrix in, Matrix out, boolean isReversed);

  /** Binds a step of a long short-term memory. */
  Call lstmCell(LstmCell cell, CellActivations activations);

  /**
   * Binds its gradient; the gates of {@code cell} are overwritten by their inputs' gradients.
   *
   * @param hiddenGradient {@code [n, units]}
   * @param cellGradient {@code [n, units]}; the gradient of the cell, overwritten by that of the
   *     previous cell
   */
  Call lstmCellGradient(
      LstmCell cell, CellActivations activations, Matrix hiddenGradient, Matrix cellGradient);

  /** Binds a step of a gated recurrent unit. */
  Call gruCell(GruCell cell, CellActivations activations);

  /**
   * Binds its gradient; the gates and the recurrent contribution of {@code cell} are overwritten by
   * their own gradients.
   *
   * @param hiddenGradient {@code [n, units]}
   * @param previousGradient {@code [n, units]}; receives, added, the gradient that bypasses the
   *     products
   */
  Call gruCellGradient(
      GruCell cell, CellActivations activations, Matrix hiddenGradient, Matrix previousGradient);

  /**
   * Binds an upper bound on norms along one axis of weights {@code [outer, length, inner]}. Values
   * with a larger norm are scaled down.
   */
  Call boundNorms(Buffer weights, int length, int inner, float maximum);

  /** Binds the update of parameters from their gradients and the optimizer's slots. */
  Call update(Optimizer optimizer, Buffer parameters, Buffer gradients, List<PartSquares> parted);
}
