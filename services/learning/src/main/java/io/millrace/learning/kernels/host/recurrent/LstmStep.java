package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.host.activation.ActivationLoops;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;

/**
 * One step of a long short-term memory: c' = f c + i g, h = o a(c').
 *
 * <p>The gates' inputs have the layout {@code [n, 4, units]} of the product with the weights. Their
 * outputs have the layout {@code [4, rows, units]} that the gradient reads, for each group of a few
 * rows.
 */
public final class LstmStep extends SharedCall {
  public static final int PLANES = 8;

  /** The operations per value of a step, many of them exponentials. */
  private static final long GATES_AND_STATES = 64;

  /** Values of a plane: few enough for all planes to stay in the processor's nearest cache. */
  private static final int PLANE_LENGTH = 1 << 10;

  private static final int PREVIOUS = 4;
  private static final int CELL = 5;

  private final HostMatrix gates;
  private final HostMatrix previousCell;
  private final HostMatrix cell;
  private final HostMatrix activatedCell;
  private final HostMatrix hidden;
  private final ActivationLoops[] candidates;
  private final ActivationLoops[] gateLoops;
  private final GatePlanes[] planesOfParts;

  public LstmStep(Team team, LstmCell step, CellActivations activations, GatePlanes[] planes) {
    super(team);
    this.gates = HostMatrix.of(step.gates());
    this.previousCell = HostMatrix.of(step.previousCell());
    this.cell = HostMatrix.of(step.cell());
    this.activatedCell = HostMatrix.of(step.activatedCell());
    this.hidden = HostMatrix.of(step.hidden());
    int units = step.hidden().columns();
    this.candidates = ActivationLoops.ofTeam(team, activations.candidate(), units);
    this.gateLoops = ActivationLoops.ofTeam(team, activations.gate(), units);
    this.planesOfParts = planes;
  }

  @Override
  protected int count(int rows) {
    return cell.rows(rows);
  }

  @Override
  protected long operations(int rows) {
    return operations(cell, rows);
  }

  /**
   * Divides a step and its gradient alike, so that each thread reads the gates that it has written.
   */
  static long operations(HostMatrix cell, int rows) {
    return GATES_AND_STATES * Team.OPERATIONS_PER_VALUE * cell.length(rows);
  }

  /** Returns how many rows a step and its gradient compute at a time. */
  static int rowsAtATime(HostMatrix cell) {
    return Math.max(1, PLANE_LENGTH / cell.columns());
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    int count = rowsAtATime(cell);
    for (int row = first; row < end; row += count) {
      computeRows(rows, part, row, Math.min(end, row + count));
    }
  }

  @Override
  protected void finish(int rows) {
    gates.written(rows);
    cell.written(rows);
    activatedCell.written(rows);
    hidden.written(rows);
  }

  private void computeRows(int rows, int part, int first, int end) {
    GatePlanes planes = planesOfParts[part];
    int length = (end - first) * cell.columns();
    planes.split(gates, 4, rows, first, end);
    for (int i = 0; i < 4; i++) {
      (i == 2 ? candidates : gateLoops)[part].apply(planes.plane(i, length), 0, length);
      planes.storeGate(i, gates, i, 4, rows, first, end);
    }
    planes.load(PREVIOUS, previousCell, rows, first, end);
    renewCell(planes, length);
    planes.store(CELL, cell, rows, first, end);
    candidates[part].apply(planes.plane(CELL, length), 0, length);
    planes.store(CELL, activatedCell, rows, first, end);
    Loops.multiply(planes.plane(3, length), 0, planes.plane(CELL, length), 0, length);
    planes.store(CELL, hidden, rows, first, end);
  }

  private static void renewCell(GatePlanes planes, int length) {
    float[] renewed = planes.plane(CELL, length);
    float[] input = planes.plane(0, length);
    float[] forget = planes.plane(1, length);
    float[] fresh = planes.plane(2, length);
    float[] previous = planes.plane(PREVIOUS, length);
    for (int i = 0; i < length; i++) {
      renewed[i] = forget[i] * previous[i] + input[i] * fresh[i];
    }
  }
}
