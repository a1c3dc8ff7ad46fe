package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.ColumnNormalization;
import io.millrace.learning.kernels.GruCell;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.NormalizationGradient;
import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.kernels.RandomFilling;
import io.millrace.learning.kernels.Reduction;
import io.millrace.learning.kernels.RowNormalization;
import io.millrace.learning.kernels.Window;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels on arrays of the ND4J backend on the class path.
 *
 * <p>A kernel is one native operation if ND4J has a suitable one, else a {@link Formulas formula}.
 * Random numbers are drawn on the host, so they equal those of the host's kernels.
 */
public final class Nd4jKernels implements Kernels {
  private static final Variable IN = variable("in");
  private static final Variable OUT = variable("out");
  private static final Variable WEIGHTS = variable("weights");
  private static final Variable GRADIENT = variable("gradient");

  /** Keras' guard against a division by zero. */
  private static final double EPSILON = 1e-7;

  private final Scratch scratch = new Scratch();
  private final Activations activations = new Activations(scratch);
  private final Normalizations normalizations = new Normalizations(scratch);
  private final Lookups lookups = new Lookups(scratch);
  private final Convolutions convolutions = new Convolutions(scratch);
  private final DepthwiseConvolutions depthwise = new DepthwiseConvolutions(scratch);
  private final Pooling pooling = new Pooling(scratch);

  @Override
  public Buffer allocate(int length) {
    return new DeviceBuffer(length);
  }

  @Override
  public Call product(Matrix a, Buffer weights, @Nullable Buffer bias, Matrix out) {
    return DeviceCall.of(
        n ->
            List.of(
                Products.affine(
                    Views.of(a, n),
                    weights(weights, a, out),
                    bias == null ? null : Views.of(bias, out.columns()),
                    Views.of(out, n))));
  }

  @Override
  public Call addProduct(Matrix a, Buffer weights, Matrix out) {
    return DeviceCall.of(
        n ->
            List.of(Products.plain(Views.of(a, n), weights(weights, a, out), Views.of(out, n), 1)));
  }

  @Override
  public Call timesTransposed(Matrix a, Buffer weights, Matrix out) {
    return timesTransposed(a, weights, out, 0);
  }

  @Override
  public Call addTimesTransposed(Matrix a, Buffer weights, Matrix out) {
    return timesTransposed(a, weights, out, 1);
  }

  private static Call timesTransposed(Matrix a, Buffer weights, Matrix out, double kept) {
    return DeviceCall.of(
        n ->
            List.of(
                Products.transposed(
                    Views.of(a, n), weights(weights, out, a), Views.of(out, n), kept)));
  }

  @Override
  public Call transposedTimes(Matrix a, Matrix b, Buffer out) {
    return DeviceCall.of(
        n -> List.of(Products.outer(Views.of(a, n), Views.of(b, n), weights(out, a, b))));
  }

  private static INDArray weights(Buffer weights, Matrix in, Matrix out) {
    return Views.of(weights, in.columns(), out.columns());
  }

  @Override
  public Call columnSums(Matrix in, Buffer out) {
    return compute(
        List.of(OUT.becomes(IN.sum(0))), n -> Map.of("in", Views.of(in, n), "out", Views.row(out)));
  }

  @Override
  public Call activation(Activation function, Matrix in, Matrix out) {
    return DeviceCall.of(n -> activations.bind(function, Views.of(in, n), Views.of(out, n)));
  }

  @Override
  public Call activationGradient(Activation function, Matrix in, Matrix out, Matrix gradient) {
    return DeviceCall.of(
        n ->
            activations.bindGradient(
                function, Views.of(in, n), Views.of(out, n), Views.of(gradient, n)));
  }

  @Override
  public Call leakyRelu(float slope, Matrix in, Matrix out) {
    return DeviceCall.of(n -> activations.bindLeakyRelu(slope, Views.of(in, n), Views.of(out, n)));
  }

  @Override
  public Call leakyReluGradient(float slope, Matrix out, Matrix gradient) {
    return DeviceCall.of(
        n -> activations.bindLeakyReluGradient(slope, Views.of(out, n), Views.of(gradient, n)));
  }

  @Override
  public Call copy(Matrix in, Matrix out) {
    return DeviceCall.of(n -> List.of(ElementOperations.copy(Views.of(in, n), Views.of(out, n))));
  }

  @Override
  public Call sum(List<Matrix> terms, Matrix out) {
    return DeviceCall.of(
        n ->
            List.of(
                NativeOperation.named("mergeadd")
                    .reads(terms.stream().map(term -> Views.of(term, n)).toArray(INDArray[]::new))
                    .writes(Views.of(out, n))));
  }

  @Override
  public Call multiply(Matrix a, Matrix b, Matrix out) {
    Variable factor = variable("factor");
    return compute(
        List.of(OUT.becomes(IN.times(factor))),
        n -> Map.of("in", Views.of(a, n), "factor", Views.of(b, n), "out", Views.of(out, n)));
  }

  @Override
  public Call scale(Matrix in, float factor, Matrix out) {
    return compute(
        List.of(OUT.becomes(IN.times(factor))),
        n -> Map.of("in", Views.of(in, n), "out", Views.of(out, n)));
  }

  @Override
  public Call zero(Matrix out) {
    return DeviceCall.of(n -> List.of(ElementOperations.zero(Views.of(out, n))));
  }

  @Override
  public Call copyColumns(Matrix in, int inColumn, Matrix out, int outColumn, int width) {
    return DeviceCall.of(
        n ->
            List.of(
                ElementOperations.copy(
                    Views.columns(in, n, inColumn, width),
                    Views.columns(out, n, outColumn, width))));
  }

  @Override
  public Call dropoutMask(Matrix mask, float rate, RandomStream random, LongSupplier draw) {
    return new DeviceFilling(RandomFilling.dropoutMask(rate, random, draw), mask);
  }

  @Override
  public Call noise(Matrix out, float deviation, RandomStream random, LongSupplier draw) {
    return new DeviceFilling(RandomFilling.noise(deviation, random, draw), out);
  }

  @Override
  public Reduction penalty(Buffer weights, float l1, float l2) {
    DeviceBuffer result = new DeviceBuffer(1);
    Assignment formula =
        OUT.becomes(WEIGHTS.absolute().times(l1).plus(WEIGHTS.square().times(l2)).sum(1));
    Call call =
        compute(
            List.of(formula), n -> Map.of("weights", Views.row(weights), "out", Views.row(result)));
    float[] value = new float[1];
    return () -> {
      call.run(1);
      result.read(0, value, 0, 1);
      return value[0];
    };
  }

  @Override
  public Call addPenaltyGradient(Buffer weights, Buffer gradient, float l1, float l2) {
    return compute(
        List.of(
            GRADIENT.becomes(GRADIENT.plus(WEIGHTS.sign().times(l1)).plus(WEIGHTS.times(2 * l2)))),
        n -> Map.of("weights", Views.row(weights), "gradient", Views.row(gradient)));
  }

  @Override
  public Call boundNorms(Buffer weights, int length, int inner, float maximum) {
    Expression norm = WEIGHTS.square().sum(1).squareRoot();
    int outer = weights.length() / (length * inner);
    return compute(
        List.of(WEIGHTS.becomes(WEIGHTS.times(norm.minimum(maximum).over(norm.plus(EPSILON))))),
        n -> Map.of("weights", Views.of(weights, outer, length, inner)));
  }

  @Override
  public Call columnStatistics(Matrix in, Buffer mean, Buffer variance) {
    return DeviceCall.of(n -> normalizations.columnStatistics(in, mean, variance, n));
  }

  @Override
  public Call movingAverage(Buffer value, Buffer average, float momentum) {
    return compute(
        List.of(OUT.becomes(OUT.times(momentum).plus(IN.times(1 - momentum)))),
        n -> Map.of("in", Views.row(value), "out", Views.row(average)));
  }

  @Override
  public Call normalizeColumns(Matrix in, ColumnNormalization normalization, Matrix out) {
    return DeviceCall.of(n -> normalizations.columns(in, normalization, out, n));
  }

  @Override
  public Call normalizeColumnsGradient(
      Matrix in,
      ColumnNormalization normalization,
      Matrix gradient,
      NormalizationGradient sums,
      Matrix inGradient,
      boolean ofBatch) {
    return DeviceCall.of(
        n -> {
          double share = ofBatch ? 1.0 / (in.rowsPerExample() * n) : 0;
          return normalizations.columnsGradient(
              normalization, share, Normalizations.gradients(in, gradient, sums, inGradient, n));
        });
  }

  @Override
  public Call normalizeRows(Matrix in, RowNormalization normalization, Matrix out) {
    return DeviceCall.of(n -> normalizations.rows(in, normalization, out, n));
  }

  @Override
  public Call normalizeRowsGradient(
      Matrix in,
      RowNormalization normalization,
      Matrix gradient,
      NormalizationGradient sums,
      Matrix inGradient) {
    return DeviceCall.of(
        n ->
            normalizations.rowsGradient(
                normalization, n, Normalizations.gradients(in, gradient, sums, inGradient, n)));
  }

  @Override
  public Call gather(Matrix indices, Buffer table, Matrix out) {
    return DeviceCall.of(n -> lookups.gather(indices, table, out, n));
  }

  @Override
  public Call scatter(
      Matrix indices, Matrix gradient, Buffer tableGradient, @Nullable Buffer squares) {
    return DeviceCall.of(n -> lookups.scatter(indices, gradient, tableGradient, squares, n));
  }

  @Override
  public Call convolution(
      Matrix in, Window window, Buffer kernel, @Nullable Buffer bias, Matrix out) {
    return DeviceCall.of(n -> convolutions.forward(new Images(in, window, n), kernel, bias, out));
  }

  @Override
  public Call convolutionKernelGradient(
      Matrix in, Window window, Matrix gradient, Buffer kernelGradient) {
    return DeviceCall.of(
        n -> convolutions.kernelGradient(new Images(in, window, n), gradient, kernelGradient));
  }

  @Override
  public Call convolutionInputGradient(
      Matrix gradient, Window window, Buffer kernel, Matrix inGradient) {
    return DeviceCall.of(
        n -> convolutions.inputGradient(gradient, kernel, new Images(inGradient, window, n)));
  }

  @Override
  public Call depthwise(
      Matrix in, Window window, Buffer kernel, @Nullable Buffer bias, Matrix out) {
    return DeviceCall.of(n -> depthwise.forward(new Images(in, window, n), kernel, bias, out));
  }

  @Override
  public Call depthwiseKernelGradient(
      Matrix in, Window window, Matrix gradient, Buffer kernelGradient) {
    return DeviceCall.of(
        n -> depthwise.kernelGradient(new Images(in, window, n), gradient, kernelGradient));
  }

  @Override
  public Call depthwiseInputGradient(
      Matrix gradient, Window window, Buffer kernel, Matrix inGradient) {
    return DeviceCall.of(
        n -> depthwise.inputGradient(gradient, kernel, new Images(inGradient, window, n)));
  }

  @Override
  public Call maxPooling(Matrix in, Window window, Matrix out) {
    return DeviceCall.of(n -> pooling.maxima(new Images(in, window, n), out));
  }

  @Override
  public Call maxPoolingGradient(
      Matrix in, Window window, Matrix out, Matrix gradient, Matrix inGradient) {
    return DeviceCall.of(
        n ->
            pooling.maximaGradient(
                new Images(in, window, n), out, gradient, new Images(inGradient, window, n)));
  }

  @Override
  public Call averagePooling(Matrix in, Window window, Matrix out) {
    return DeviceCall.of(n -> pooling.means(new Images(in, window, n), out));
  }

  @Override
  public Call averagePoolingGradient(Matrix gradient, Window window, Matrix inGradient) {
    return DeviceCall.of(n -> pooling.meansGradient(gradient, new Images(inGradient, window, n)));
  }

  @Override
  public Call timeMajor(Matrix in, Matrix out, boolean isReversed) {
    return DeviceCall.of(n -> List.of(StepsExchange.toStepsFirst(in, out, isReversed, n)));
  }

  @Override
  public Call examplesFirst(Matrix in, Matrix out, boolean isReversed) {
    return DeviceCall.of(n -> List.of(StepsExchange.toExamplesFirst(in, out, isReversed, n)));
  }

  @Override
  public Call lstmCell(LstmCell cell, CellActivations functions) {
    return DeviceCall.of(n -> new LstmOperations(cell, functions, n, scratch).forward());
  }

  @Override
  public Call lstmCellGradient(
      LstmCell cell, CellActivations functions, Matrix hiddenGradient, Matrix cellGradient) {
    return DeviceCall.of(
        n ->
            new LstmOperations(cell, functions, n, scratch).backward(hiddenGradient, cellGradient));
  }

  @Override
  public Call gruCell(GruCell cell, CellActivations functions) {
    return DeviceCall.of(n -> new GruOperations(cell, functions, n, scratch).forward());
  }

  @Override
  public Call gruCellGradient(
      GruCell cell, CellActivations functions, Matrix hiddenGradient, Matrix previousGradient) {
    return DeviceCall.of(
        n ->
            new GruOperations(cell, functions, n, scratch)
                .backward(hiddenGradient, previousGradient));
  }

  @Override
  public Call update(
      Optimizer optimizer, Buffer parameters, Buffer gradients, List<PartSquares> parted) {
    return new DeviceUpdate(optimizer, parameters, gradients, parted, scratch);
  }

  /** Binds formulas to the arrays of each number of rows. */
  private Call compute(List<Assignment> formulas, IntFunction<Map<String, INDArray>> arrays) {
    return DeviceCall.of(n -> Formulas.bind(formulas, arrays.apply(n), scratch));
  }
}
