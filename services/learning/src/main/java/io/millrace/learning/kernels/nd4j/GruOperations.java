package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.constant;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.GruCell;
import io.millrace.learning.kernels.Matrix;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of a gated recurrent unit for {@code n} examples: h' = z h + (1 - z) a(x + r y), where y
 * is the candidate's recurrent contribution.
 */
final class GruOperations {
  private static final Variable UPDATE = variable("update gate");
  private static final Variable RESET = variable("reset gate");
  private static final Variable FRESH = variable("candidate");
  private static final Variable BOTH = variable("update and reset gate");
  private static final Variable RECURRENT_BOTH = variable("recurrent to both gates");
  private static final Variable RECURRENT = variable("recurrent to the candidate");
  private static final Variable UPDATE_SLOPE = variable("update gate's gradient");
  private static final Variable RESET_SLOPE = variable("reset gate's gradient");
  private static final Variable FRESH_SLOPE = variable("candidate's gradient");
  private static final Variable BOTH_SLOPES = variable("both gates' gradients");
  private static final Variable PREVIOUS = variable("previous");
  private static final Variable HIDDEN = variable("hidden");
  private static final Variable HIDDEN_GRADIENT = variable("hidden gradient");
  private static final Variable PREVIOUS_GRADIENT = variable("previous gradient");

  private final GruCell cell;
  private final int rows;
  private final int units;
  private final Activation candidate;
  private final Activation gate;
  private final CellProgram program;

  GruOperations(GruCell cell, CellActivations functions, int rows, Scratch scratch) {
    this.cell = cell;
    this.rows = rows;
    this.units = cell.hidden().columns();
    this.candidate = functions.candidate();
    this.gate = functions.gate();
    this.program = new CellProgram(scratch);
    program.bind(UPDATE, Views.columns(cell.gates(), rows, 0, units));
    program.bind(RESET, Views.columns(cell.gates(), rows, units, units));
    program.bind(BOTH, Views.columns(cell.gates(), rows, 0, 2 * units));
    program.bind(FRESH, Views.columns(cell.gates(), rows, 2 * units, units));
    program.bind(RECURRENT_BOTH, Views.columns(cell.recurrent(), rows, 0, 2 * units));
    program.bind(RECURRENT, Views.columns(cell.recurrent(), rows, 2 * units, units));
    program.bind(PREVIOUS, Views.of(cell.previous(), rows));
    program.bind(HIDDEN, Views.of(cell.hidden(), rows));
  }

  List<Operation> forward() {
    program.add(BOTH.becomes(BOTH.plus(RECURRENT_BOTH)));
    program.activate(gate, BOTH, BOTH);
    program.add(FRESH.becomes(FRESH.plus(RESET.times(RECURRENT))));
    program.activate(candidate, FRESH, FRESH);
    program.add(HIDDEN.becomes(FRESH.plus(UPDATE.times(PREVIOUS.minus(FRESH)))));
    return program.operations();
  }

  /**
   * Returns the gradient's operations; gates and recurrent contribution are overwritten by their
   * own gradients.
   */
  List<Operation> backward(Matrix hiddenGradient, Matrix previousGradient) {
    INDArray slopes = program.take(rows, 3 * units);
    program.bind(UPDATE_SLOPE, Views.columns(slopes, 0, units));
    program.bind(RESET_SLOPE, Views.columns(slopes, units, units));
    program.bind(BOTH_SLOPES, Views.columns(slopes, 0, 2 * units));
    program.bind(FRESH_SLOPE, Views.columns(slopes, 2 * units, units));
    program.bind(HIDDEN_GRADIENT, Views.of(hiddenGradient, rows));
    program.bind(PREVIOUS_GRADIENT, Views.of(previousGradient, rows));

    program.add(UPDATE_SLOPE.becomes(HIDDEN_GRADIENT.times(PREVIOUS.minus(FRESH))));
    program.add(FRESH_SLOPE.becomes(HIDDEN_GRADIENT.times(constant(1).minus(UPDATE))));
    program.add(PREVIOUS_GRADIENT.becomes(PREVIOUS_GRADIENT.plus(HIDDEN_GRADIENT.times(UPDATE))));
    program.activateBackwards(candidate, FRESH, FRESH_SLOPE);
    program.add(RESET_SLOPE.becomes(FRESH_SLOPE.times(RECURRENT)));
    program.activateBackwards(gate, BOTH, BOTH_SLOPES);
    program.add(RECURRENT.becomes(FRESH_SLOPE.times(RESET)));
    program.add(RECURRENT_BOTH.becomes(BOTH_SLOPES));
    program.copy(slopes, Views.of(cell.gates(), rows));
    return program.operations();
  }
}
