package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.Team;

/**
 * One step of a long short-term memory: c' = f c + i g, h = o a(c').
 *
 * <p>The gates' inputs have the layout {@code [n, 4, units]} of the product with the weights. Their
 * outputs have the layout {@code [4, rows, units]} that the gradient reads, for each group of a few
 * rows.
 */
public final class LstmStep extends LstmCall {
  public static final int PLANES = 8;

  private static final int PREVIOUS = 4;
  private static final int CELL = 5;

  private final HostMatrix cell;
  private final HostMatrix hidden;

  public LstmStep(Team team, LstmCell step, CellActivations activations, GatePlanes[] planes) {
    super(team, step, activations, planes);
    this.cell = HostMatrix.of(step.cell());
    this.hidden = HostMatrix.of(step.hidden());
  }

  @Override
  protected void finish(int rows) {
    gates.written(rows);
    cell.written(rows);
    activatedCell.written(rows);
    hidden.written(rows);
  }

  @Override
  void computeRows(GatePlanes planes, int rows, int part, int first, int end) {
    int length = (end - first) * units;
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
