package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.Matrix;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step of a long short-term memory for {@code n} examples: c' = f c + i g, h = o a(c'). */
final class LstmOperations {
  private static final Variable INPUT = variable("input gate");
  private static final Variable FORGET = variable("forget gate");
  private static final Variable BOTH = variable("input and forget gate");
  private static final Variable FRESH = variable("candidate");
  private static final Variable OUTPUT = variable("output gate");
  private static final Variable INPUT_SLOPE = variable("input gate's gradient");
  private static final Variable FORGET_SLOPE = variable("forget gate's gradient");
  private static final Variable BOTH_SLOPES = variable("both gates' gradients");
  private static final Variable FRESH_SLOPE = variable("candidate's gradient");
  private static final Variable OUTPUT_SLOPE = variable("output gate's gradient");
  private static final Variable PREVIOUS = variable("previous cell");
  private static final Variable CELL = variable("cell");
  private static final Variable ACTIVATED = variable("activated cell");
  private static final Variable HIDDEN = variable("hidden");
  private static final Variable HIDDEN_GRADIENT = variable("hidden gradient");
  private static final Variable CELL_GRADIENT = variable("cell gradient");
  private static final Variable THROUGH = variable("gradient through the cell");

  private final LstmCell cell;
  private final int rows;
  private final int units;
  private final Activation candidate;
  private final Activation gate;
  private final CellProgram program;

  LstmOperations(LstmCell cell, CellActivations functions, int rows, Scratch scratch) {
    this.cell = cell;
    this.rows = rows;
    this.units = cell.hidden().columns();
    this.candidate = functions.candidate();
    this.gate = functions.gate();
    this.program = new CellProgram(scratch);
    program.bind(INPUT, Views.columns(cell.gates(), rows, 0, units));
    program.bind(FORGET, Views.columns(cell.gates(), rows, units, units));
    program.bind(BOTH, Views.columns(cell.gates(), rows, 0, 2 * units));
    program.bind(FRESH, Views.columns(cell.gates(), rows, 2 * units, units));
    program.bind(OUTPUT, Views.columns(cell.gates(), rows, 3 * units, units));
    program.bind(PREVIOUS, Views.of(cell.previousCell(), rows));
    program.bind(CELL, Views.of(cell.cell(), rows));
    program.bind(ACTIVATED, Views.of(cell.activatedCell(), rows));
    program.bind(HIDDEN, Views.of(cell.hidden(), rows));
  }

  List<Operation> forward() {
    program.activate(gate, BOTH, BOTH);
    program.activate(candidate, FRESH, FRESH);
    program.activate(gate, OUTPUT, OUTPUT);
    program.add(CELL.becomes(FORGET.times(PREVIOUS).plus(INPUT.times(FRESH))));
    program.activate(candidate, CELL, ACTIVATED);
    program.add(HIDDEN.becomes(OUTPUT.times(ACTIVATED)));
    return program.operations();
  }

  /** Returns the gradient's operations; the gates are overwritten by their inputs' gradients. */
  List<Operation> backward(Matrix hiddenGradient, Matrix cellGradient) {
    INDArray slopes = program.take(rows, 4 * units);
    program.bind(INPUT_SLOPE, Views.columns(slopes, 0, units));
    program.bind(FORGET_SLOPE, Views.columns(slopes, units, units));
    program.bind(BOTH_SLOPES, Views.columns(slopes, 0, 2 * units));
    program.bind(FRESH_SLOPE, Views.columns(slopes, 2 * units, units));
    program.bind(OUTPUT_SLOPE, Views.columns(slopes, 3 * units, units));
    program.bind(THROUGH, program.take(rows, units));
    program.bind(HIDDEN_GRADIENT, Views.of(hiddenGradient, rows));
    program.bind(CELL_GRADIENT, Views.of(cellGradient, rows));

    program.add(THROUGH.becomes(HIDDEN_GRADIENT.times(OUTPUT)));
    program.activateBackwards(candidate, ACTIVATED, THROUGH);
    program.add(THROUGH.becomes(THROUGH.plus(CELL_GRADIENT)));
    program.add(INPUT_SLOPE.becomes(THROUGH.times(FRESH)));
    program.add(FORGET_SLOPE.becomes(THROUGH.times(PREVIOUS)));
    program.add(FRESH_SLOPE.becomes(THROUGH.times(INPUT)));
    program.add(OUTPUT_SLOPE.becomes(HIDDEN_GRADIENT.times(ACTIVATED)));
    program.add(CELL_GRADIENT.becomes(THROUGH.times(FORGET)));
    program.activateBackwards(gate, BOTH, BOTH_SLOPES);
    program.activateBackwards(candidate, FRESH, FRESH_SLOPE);
    program.activateBackwards(gate, OUTPUT, OUTPUT_SLOPE);
    program.copy(slopes, Views.of(cell.gates(), rows));
    return program.operations();
  }
}
