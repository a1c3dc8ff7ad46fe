package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.ColumnNormalization;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.NormalizationGradient;
import io.millrace.learning.kernels.RowNormalization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Binds the {@link NormalizationFormulas} to matrices and buffers. */
final class Normalizations {
  private final Scratch scratch;

  Normalizations(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Binds mean and variance of columns. */
  List<Operation> columnStatistics(Matrix in, Buffer mean, Buffer variance, int rows) {
    return Formulas.bind(
        NormalizationFormulas.columnStatistics(in.rowsPerExample() * rows),
        Map.of("in", Views.of(in, rows), "mean", Views.row(mean), "variance", Views.row(variance)),
        scratch);
  }

  List<Operation> columns(Matrix in, ColumnNormalization normalization, Matrix out, int rows) {
    Map<String, INDArray> arrays = arrays(normalization);
    arrays.put("in", Views.of(in, rows));
    arrays.put("out", Views.of(out, rows));
    return Formulas.bind(NormalizationFormulas.columns(normalization.epsilon()), arrays, scratch);
  }

  List<Operation> columnsGradient(
      ColumnNormalization normalization, double share, Map<String, INDArray> gradients) {
    Map<String, INDArray> arrays = arrays(normalization);
    arrays.putAll(gradients);
    return Formulas.bind(
        NormalizationFormulas.columnsGradient(normalization.epsilon(), share), arrays, scratch);
  }

  List<Operation> rows(Matrix in, RowNormalization normalization, Matrix out, int rows) {
    Map<String, INDArray> arrays = arrays(normalization, rows);
    arrays.put("in", Views.of(in, rows));
    arrays.put("out", Views.of(out, rows));
    return Formulas.bind(
        NormalizationFormulas.rows(normalization.epsilon(), in.columns()), arrays, scratch);
  }

  List<Operation> rowsGradient(
      RowNormalization normalization, int rows, Map<String, INDArray> gradients) {
    Map<String, INDArray> arrays = arrays(normalization, rows);
    arrays.putAll(gradients);
    return Formulas.bind(
        NormalizationFormulas.rowsGradient(normalization.scale().length()), arrays, scratch);
  }

  /** Returns the arrays that the gradient of either normalization reads and writes. */
  static Map<String, INDArray> gradients(
      Matrix in, Matrix gradient, NormalizationGradient sums, Matrix inGradient, int rows) {
    return Map.of(
        "in", Views.of(in, rows),
        "gradient", Views.of(gradient, rows),
        "scale gradient", Views.row(sums.scale()),
        "offset gradient", Views.row(sums.offset()),
        "in gradient", Views.of(inGradient, rows));
  }

  private static Map<String, INDArray> arrays(ColumnNormalization normalization) {
    Map<String, INDArray> arrays = new HashMap<>();
    arrays.put("mean", Views.row(normalization.mean()));
    arrays.put("variance", Views.row(normalization.variance()));
    arrays.put("scale", Views.row(normalization.scale()));
    arrays.put("offset", Views.row(normalization.offset()));
    return arrays;
  }

  private static Map<String, INDArray> arrays(RowNormalization normalization, int rows) {
    Map<String, INDArray> arrays = new HashMap<>();
    arrays.put("mean", Views.columns(normalization.statistics(), rows, 0, 1));
    arrays.put("inverse", Views.columns(normalization.statistics(), rows, 1, 1));
    arrays.put("scale", Views.row(normalization.scale()));
    arrays.put("offset", Views.row(normalization.offset()));
    return arrays;
  }
}
