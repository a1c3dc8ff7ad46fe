package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The operations of one step of a recurrent layer, over arrays by name. */
final class CellProgram {
  private final Scratch scratch;
  private final Activations activations;
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final List<INDArray> taken = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  CellProgram(Scratch scratch) {
    this.scratch = scratch;
    this.activations = new Activations(scratch);
  }

  void bind(Variable variable, INDArray array) {
    arrays.put(variable.name(), array);
  }

  /** Returns an array for results that only this step uses. */
  INDArray take(int rows, int columns) {
    INDArray array = scratch.take(rows, columns);
    taken.add(array);
    return array;
  }

  void add(Assignment formula) {
    operations.addAll(Formulas.bind(List.of(formula), arrays, scratch));
  }

  void activate(Activation function, Variable in, Variable out) {
    operations.addAll(activations.bind(function, array(in), array(out)));
  }

  /** Turns the gradient of an activation's output into that of its input. */
  void activateBackwards(Activation function, Variable out, Variable gradient) {
    INDArray output = array(out);
    operations.addAll(activations.bindGradient(function, output, output, array(gradient)));
  }

  void copy(INDArray in, INDArray out) {
    operations.add(ElementOperations.copy(in, out));
  }

  /** Ends the program. */
  List<Operation> operations() {
    taken.forEach(scratch::giveBack);
    return operations;
  }

  private INDArray array(Variable variable) {
    INDArray array = arrays.get(variable.name());
    if (array == null) {
      throw new IllegalArgumentException("No array is bound to " + variable.name());
    }
    return array;
  }
}
