package io.millrace.learning.kernels.host;

import static io.millrace.learning.kernels.host.memory.HostMatrix.host;

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
import io.millrace.learning.kernels.host.activation.ActivationCall;
import io.millrace.learning.kernels.host.activation.ActivationGradient;
import io.millrace.learning.kernels.host.activation.ActivationLoops;
import io.millrace.learning.kernels.host.activation.LeakyRelu;
import io.millrace.learning.kernels.host.activation.ReluGradient;
import io.millrace.learning.kernels.host.convolution.AveragePooling;
import io.millrace.learning.kernels.host.convolution.AveragePoolingGradient;
import io.millrace.learning.kernels.host.convolution.Convolutions;
import io.millrace.learning.kernels.host.convolution.Depthwise;
import io.millrace.learning.kernels.host.convolution.DepthwiseInputGradient;
import io.millrace.learning.kernels.host.convolution.DepthwiseKernelGradient;
import io.millrace.learning.kernels.host.convolution.MaxPooling;
import io.millrace.learning.kernels.host.convolution.MaxPoolingGradient;
import io.millrace.learning.kernels.host.elementwise.ColumnCopy;
import io.millrace.learning.kernels.host.elementwise.Copy;
import io.millrace.learning.kernels.host.elementwise.Filling;
import io.millrace.learning.kernels.host.elementwise.Gather;
import io.millrace.learning.kernels.host.elementwise.MovingAverage;
import io.millrace.learning.kernels.host.elementwise.Multiplication;
import io.millrace.learning.kernels.host.elementwise.NormBound;
import io.millrace.learning.kernels.host.elementwise.Penalty;
import io.millrace.learning.kernels.host.elementwise.PenaltyGradient;
import io.millrace.learning.kernels.host.elementwise.Repetition;
import io.millrace.learning.kernels.host.elementwise.Scaling;
import io.millrace.learning.kernels.host.elementwise.Scatter;
import io.millrace.learning.kernels.host.elementwise.Sum;
import io.millrace.learning.kernels.host.elementwise.Update;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Team;
import io.millrace.learning.kernels.host.normalization.ColumnNormalizing;
import io.millrace.learning.kernels.host.normalization.ColumnNormalizingGradient;
import io.millrace.learning.kernels.host.normalization.ColumnStatistics;
import io.millrace.learning.kernels.host.normalization.RowNormalizing;
import io.millrace.learning.kernels.host.normalization.RowNormalizingGradient;
import io.millrace.learning.kernels.host.product.ColumnSums;
import io.millrace.learning.kernels.host.product.Product;
import io.millrace.learning.kernels.host.product.RectifiedProduct;
import io.millrace.learning.kernels.host.product.TimesTransposed;
import io.millrace.learning.kernels.host.product.TransposedTimes;
import io.millrace.learning.kernels.host.recurrent.GatePlanes;
import io.millrace.learning.kernels.host.recurrent.GruStep;
import io.millrace.learning.kernels.host.recurrent.GruStepGradient;
import io.millrace.learning.kernels.host.recurrent.LstmStep;
import io.millrace.learning.kernels.host.recurrent.LstmStepGradient;
import io.millrace.learning.kernels.host.recurrent.TimeMajor;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Kernels on heap arrays.
 *
 * <p>Small products are Java loops, large ones native. Full batches that nothing reads on the heap
 * stay in native memory between native kernels. Several threads share the larger kernels. {@code
 * OMP_NUM_THREADS} must be 1; otherwise oneDNN starts threads of its own. Results are deterministic
 * for a given number of threads, which decides their rounding.
 */
public final class HostKernels implements Kernels {
  private final Team team;
  private final Blas blas;
  private final GatePlanes[] gates;
  private final GatePlanes products = new GatePlanes(LstmStep.PLANES);

  /** Makes kernels that run on the calling thread. */
  public HostKernels() {
    this(1);
  }

  /** Makes kernels that run on {@code threads} threads, including the calling one. */
  public HostKernels(int threads) {
    team = threads == 1 ? Team.ALONE : new Team(threads);
    blas = new Blas(team);
    gates = GatePlanes.ofTeam(team, LstmStep.PLANES);
  }

  @Override
  public Buffer allocate(int length) {
    return new HostBuffer(length);
  }

  @Override
  public Call product(Matrix a, Buffer weights, @Nullable Buffer bias, Matrix out) {
    HostMatrix result = HostMatrix.anywhere(out);
    @Nullable HostBuffer offset = bias == null ? null : host(bias);
    return new Product(
        blas, HostMatrix.anywhere(a), host(weights), offset, result, Product.Form.PLAIN);
  }

  @Override
  public Call activatedProduct(
      Matrix a, Buffer weights, @Nullable Buffer bias, Activation function, Matrix out) {
    if (function == Activation.RELU) {
      @Nullable HostBuffer offset = bias == null ? null : host(bias);
      HostMatrix result = HostMatrix.anywhere(out);
      return new RectifiedProduct(blas, HostMatrix.anywhere(a), host(weights), offset, result);
    }
    return Kernels.super.activatedProduct(a, weights, bias, function, out);
  }

  @Override
  public Call addProduct(Matrix a, Buffer weights, Matrix out) {
    HostMatrix sum = HostMatrix.of(out);
    return new Product(blas, HostMatrix.anywhere(a), host(weights), null, sum, Product.Form.SUM);
  }

  @Override
  public Call timesTransposed(Matrix a, Buffer weights, Matrix out) {
    HostMatrix result = HostMatrix.anywhere(out);
    return new TimesTransposed(blas, HostMatrix.anywhere(a), host(weights), result, false);
  }

  @Override
  public Call transposedTimes(Matrix a, Matrix b, Buffer out) {
    return new TransposedTimes(blas, HostMatrix.anywhere(a), HostMatrix.anywhere(b), host(out));
  }

  @Override
  public Call columnSums(Matrix in, Buffer out) {
    return new ColumnSums(team, HostMatrix.anywhere(in), host(out));
  }

  @Override
  public Call activation(Activation function, Matrix in, Matrix out) {
    return new ActivationCall(
        team,
        ActivationLoops.ofTeam(team, function, in.columns()),
        HostMatrix.of(in),
        HostMatrix.of(out));
  }

  @Override
  public Call activationGradient(Activation function, Matrix in, Matrix out, Matrix gradient) {
    if (function == Activation.RELU) {
      return new ReluGradient(team, HostMatrix.anywhere(out), HostMatrix.anywhere(gradient));
    }
    return new ActivationGradient(
        team,
        ActivationLoops.ofTeam(team, function, in.columns()),
        HostMatrix.of(function.isGradientFromOutput() ? out : in),
        HostMatrix.of(gradient));
  }

  @Override
  public Call leakyRelu(float slope, Matrix in, Matrix out) {
    return new ActivationCall(team, leaky(slope), HostMatrix.of(in), HostMatrix.of(out));
  }

  @Override
  public Call leakyReluGradient(float slope, Matrix out, Matrix gradient) {
    return new ActivationGradient(team, leaky(slope), HostMatrix.of(out), HostMatrix.of(gradient));
  }

  private ActivationLoops[] leaky(float slope) {
    ActivationLoops[] loops = new ActivationLoops[team.size()];
    Arrays.fill(loops, new LeakyRelu(slope));
    return loops;
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
    return new Filling(RandomFilling.dropoutMask(rate, random, draw), HostMatrix.of(mask));
  }

  @Override
  public Call noise(Matrix out, float deviation, RandomStream random, LongSupplier draw) {
    return new Filling(RandomFilling.noise(deviation, random, draw), HostMatrix.of(out));
  }

  @Override
  public Reduction penalty(Buffer weights, float l1, float l2) {
    return new Penalty(host(weights), l1, l2);
  }

  @Override
  public Call addPenaltyGradient(Buffer weights, Buffer gradient, float l1, float l2) {
    return new PenaltyGradient(host(weights), host(gradient), l1, l2);
  }

  @Override
  public Call addTimesTransposed(Matrix a, Buffer weights, Matrix out) {
    HostMatrix sum = HostMatrix.of(out);
    return new TimesTransposed(blas, HostMatrix.anywhere(a), host(weights), sum, true);
  }

  @Override
  public Call scale(Matrix in, float factor, Matrix out) {
    return new Scaling(HostMatrix.of(in), factor, HostMatrix.of(out));
  }

  @Override
  public Call zero(Matrix out) {
    return new Repetition(null, HostMatrix.of(out));
  }

  @Override
  public Call columnStatistics(Matrix in, Buffer mean, Buffer variance) {
    return new ColumnStatistics(team, HostMatrix.of(in), host(mean), host(variance));
  }

  @Override
  public Call movingAverage(Buffer value, Buffer average, float momentum) {
    return new MovingAverage(host(value), host(average), momentum);
  }

  @Override
  public Call normalizeColumns(Matrix in, ColumnNormalization normalization, Matrix out) {
    return new ColumnNormalizing(HostMatrix.of(in), normalization, HostMatrix.of(out));
  }

  @Override
  public Call normalizeColumnsGradient(
      Matrix in,
      ColumnNormalization normalization,
      Matrix gradient,
      NormalizationGradient sums,
      Matrix inGradient,
      boolean ofBatch) {
    return new ColumnNormalizingGradient(
        HostMatrix.of(in),
        normalization,
        HostMatrix.of(gradient),
        sums,
        HostMatrix.of(inGradient),
        ofBatch);
  }

  @Override
  public Call normalizeRows(Matrix in, RowNormalization normalization, Matrix out) {
    return new RowNormalizing(HostMatrix.of(in), normalization, HostMatrix.of(out));
  }

  @Override
  public Call normalizeRowsGradient(
      Matrix in,
      RowNormalization normalization,
      Matrix gradient,
      NormalizationGradient sums,
      Matrix inGradient) {
    return new RowNormalizingGradient(
        HostMatrix.of(in), normalization, HostMatrix.of(gradient), sums, HostMatrix.of(inGradient));
  }

  @Override
  public Call gather(Matrix indices, Buffer table, Matrix out) {
    return new Gather(team, HostMatrix.of(indices), host(table), HostMatrix.of(out));
  }

  @Override
  public Call scatter(
      Matrix indices, Matrix gradient, Buffer tableGradient, @Nullable Buffer squares) {
    return new Scatter(
        team,
        HostMatrix.of(indices),
        HostMatrix.of(gradient),
        host(tableGradient),
        squares == null ? null : host(squares));
  }

  @Override
  public Call convolution(
      Matrix in, Window window, Buffer kernel, @Nullable Buffer bias, Matrix out) {
    return Convolutions.forward(
        blas,
        HostMatrix.of(in),
        window,
        host(kernel),
        bias == null ? null : host(bias),
        HostMatrix.of(out));
  }

  @Override
  public Call convolutionKernelGradient(
      Matrix in, Window window, Matrix gradient, Buffer kernelGradient) {
    return Convolutions.kernelGradient(
        blas, HostMatrix.of(in), window, HostMatrix.of(gradient), host(kernelGradient));
  }

  @Override
  public Call convolutionInputGradient(
      Matrix gradient, Window window, Buffer kernel, Matrix inGradient) {
    return Convolutions.inputGradient(
        blas, HostMatrix.of(gradient), window, host(kernel), HostMatrix.of(inGradient));
  }

  @Override
  public Call depthwise(
      Matrix in, Window window, Buffer kernel, @Nullable Buffer bias, Matrix out) {
    return new Depthwise(
        HostMatrix.of(in),
        window,
        host(kernel),
        bias == null ? null : host(bias),
        HostMatrix.of(out));
  }

  @Override
  public Call depthwiseKernelGradient(
      Matrix in, Window window, Matrix gradient, Buffer kernelGradient) {
    return new DepthwiseKernelGradient(
        HostMatrix.of(in), window, HostMatrix.of(gradient), host(kernelGradient));
  }

  @Override
  public Call depthwiseInputGradient(
      Matrix gradient, Window window, Buffer kernel, Matrix inGradient) {
    return new DepthwiseInputGradient(
        HostMatrix.of(gradient), window, host(kernel), HostMatrix.of(inGradient));
  }

  @Override
  public Call maxPooling(Matrix in, Window window, Matrix out) {
    return new MaxPooling(team, HostMatrix.of(in), window, HostMatrix.of(out));
  }

  @Override
  public Call maxPoolingGradient(
      Matrix in, Window window, Matrix out, Matrix gradient, Matrix inGradient) {
    return new MaxPoolingGradient(
        team,
        HostMatrix.of(in),
        window,
        HostMatrix.of(out),
        HostMatrix.of(gradient),
        HostMatrix.of(inGradient));
  }

  @Override
  public Call averagePooling(Matrix in, Window window, Matrix out) {
    return new AveragePooling(HostMatrix.of(in), window, HostMatrix.of(out));
  }

  @Override
  public Call averagePoolingGradient(Matrix gradient, Window window, Matrix inGradient) {
    return new AveragePoolingGradient(HostMatrix.of(gradient), window, HostMatrix.of(inGradient));
  }

  @Override
  public Call timeMajor(Matrix in, Matrix out, boolean isReversed) {
    return new TimeMajor(HostMatrix.of(in), HostMatrix.of(out), isReversed, true);
  }

  @Override
  public Call examplesFirst(Matrix in, Matrix out, boolean isReversed) {
    return new TimeMajor(HostMatrix.of(out), HostMatrix.of(in), isReversed, false);
  }

  @Override
  public Call lstmCell(LstmCell cell, CellActivations activations) {
    return new LstmStep(team, cell, activations, gates);
  }

  @Override
  public Call lstmCellGradient(
      LstmCell cell, CellActivations activations, Matrix hiddenGradient, Matrix cellGradient) {
    return new LstmStepGradient(
        team, cell, activations, HostMatrix.of(hiddenGradient), HostMatrix.of(cellGradient), gates);
  }

  @Override
  public Call gruCell(GruCell cell, CellActivations activations) {
    return new GruStep(cell, activations, gates[0], products);
  }

  @Override
  public Call gruCellGradient(
      GruCell cell, CellActivations activations, Matrix hiddenGradient, Matrix previousGradient) {
    return new GruStepGradient(
        cell,
        activations,
        HostMatrix.of(hiddenGradient),
        HostMatrix.of(previousGradient),
        gates[0]);
  }

  @Override
  public Call boundNorms(Buffer weights, int length, int inner, float maximum) {
    return new NormBound(host(weights), length, inner, maximum);
  }

  @Override
  public Call update(
      Optimizer optimizer, Buffer parameters, Buffer gradients, List<PartSquares> parted) {
    return new Update(team, optimizer, host(parameters), host(gradients), parted);
  }
}
