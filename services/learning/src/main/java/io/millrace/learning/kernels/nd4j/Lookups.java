package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lookups of table rows by index, and sums of rows by index. */
final class Lookups {
  private static final Variable GRADIENT = variable("gradient");
  private static final Variable SQUARE = variable("square");

  private final Scratch scratch;

  Lookups(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Binds a lookup; // [n], [size, columns] -> [n, columns]. */
  List<Operation> gather(Matrix indices, Buffer table, Matrix out, int rows) {
    INDArray bound = table(table, out);
    Indices numbers = new Indices(indices, rows, Math.toIntExact(bound.size(0)));
    return List.of(
        numbers,
        NativeOperation.named("gather")
            .reads(bound, numbers.array())
            .writes(Views.of(out, rows))
            .integers(0));
  }

  /** Binds sums of rows and, if requested, of their squares; // [n], [n, columns] ->. */
  List<Operation> scatter(
      Matrix indices, Matrix gradient, Buffer sums, @Nullable Buffer squares, int rows) {
    INDArray bound = table(sums, gradient);
    INDArray gradients = Views.of(gradient, rows);
    Indices numbers = new Indices(indices, rows, Math.toIntExact(bound.size(0)));
    List<Operation> operations = new ArrayList<>();
    operations.add(numbers);
    addSums(operations, numbers, gradients, bound);
    if (squares != null) {
      INDArray square = scratch.take(gradients.shape());
      operations.addAll(
          Formulas.bind(
              List.of(SQUARE.becomes(GRADIENT.square())),
              Map.of("gradient", gradients, "square", square),
              scratch));
      addSums(operations, numbers, square, table(squares, gradient));
      scratch.giveBack(square);
    }
    return operations;
  }

  private static void addSums(
      List<Operation> operations, Indices indices, INDArray rows, INDArray sums) {
    operations.add(ElementOperations.zero(sums));
    operations.add(
        NativeOperation.named("scatter_add")
            .reads(sums, indices.array(), rows)
            .writes(sums)
            .flags(true)); // rows in sequence, because an index may occur twice
  }

  private static INDArray table(Buffer table, Matrix rows) {
    return Views.of(table, table.length() / rows.columns(), rows.columns());
  }
}
