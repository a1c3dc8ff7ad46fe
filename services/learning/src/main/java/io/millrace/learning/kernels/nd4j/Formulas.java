package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Combined;
import io.millrace.learning.expressions.Expression.Constant;
import io.millrace.learning.expressions.Expression.Mapped;
import io.millrace.learning.expressions.Expression.Sum;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.expressions.Expression.Varying;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compiles formulas into ND4J operations, one for each node of their trees.
 *
 * <p>The arrays of a formula all have the same rank, or rank zero. An operation overwrites an
 * operand that nothing else reads, so a formula needs memory only for the depth of its tree.
 */
final class Formulas {
  private final Map<String, INDArray> variables;
  private final Scratch scratch;
  private final List<Operation> scalars = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  private Formulas(Map<String, INDArray> variables, Scratch scratch) {
    this.variables = variables;
    this.scratch = scratch;
  }

  /** Returns operations that compute {@code formulas} in order. */
  static List<Operation> bind(
      List<Assignment> formulas, Map<String, INDArray> variables, Scratch scratch) {
    Formulas bound = new Formulas(variables, scratch);
    formulas.forEach(bound::add);
    List<Operation> all = new ArrayList<>(bound.scalars);
    all.addAll(bound.operations);
    return all;
  }

  private void add(Assignment formula) {
    List<INDArray> operands = operands(formula.value());
    apply(formula.value(), operands, array(formula.target()));
    operands.forEach(scratch::giveBack);
  }

  private INDArray value(Expression expression) {
    if (expression instanceof Variable variable) {
      return array(variable);
    }
    if (expression instanceof Constant constant) {
      return Scalar.constant(constant.value());
    }
    if (expression instanceof Varying varying) {
      Scalar scalar = new Scalar(varying.value());
      scalars.add(scalar);
      return scalar.array();
    }
    List<INDArray> operands = operands(expression);
    INDArray result = result(expression, operands);
    apply(expression, operands, result);
    operands.stream().filter(operand -> operand != result).forEach(scratch::giveBack);
    return result;
  }

  /** Returns the operands of a tree's root; for a leaf, its own value. */
  private List<INDArray> operands(Expression expression) {
    if (expression instanceof Combined combined) {
      return List.of(value(combined.left()), value(combined.right()));
    }
    if (expression instanceof Mapped mapped) {
      return List.of(value(mapped.argument()));
    }
    return List.of(expression instanceof Sum sum ? value(sum.argument()) : value(expression));
  }

  private INDArray array(Variable variable) {
    INDArray array = variables.get(variable.name());
    if (array == null) {
      throw new IllegalArgumentException(
          "No array is bound to " + variable.name() + "; there are " + variables.keySet());
    }
    return array;
  }

  private INDArray result(Expression expression, List<INDArray> operands) {
    long[] shape = Broadcast.shape(operands);
    if (expression instanceof Sum sum) {
      shape[sum.axis()] = 1;
      return scratch.take(shape);
    }
    for (INDArray operand : operands) {
      if (scratch.isTaken(operand) && Broadcast.hasShape(operand, shape)) {
        return operand;
      }
    }
    return scratch.take(shape);
  }

  private void apply(Expression expression, List<INDArray> operands, INDArray result) {
    INDArray first = operands.get(0);
    if (expression instanceof Combined combined) {
      operations.add(
          ElementOperations.combine(combined.operator(), first, operands.get(1), result));
    } else if (expression instanceof Mapped mapped) {
      operations.add(ElementOperations.map(mapped.function(), first, result));
    } else if (expression instanceof Sum sum) {
      operations.add(ElementOperations.sum(first, sum.axis(), result));
    } else {
      operations.add(ElementOperations.copy(first, result));
    }
  }
}
