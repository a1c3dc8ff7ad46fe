package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;

/**
 * One step of a long short-term memory: c' = f c + i g, h = o a(c').
 *
 * <p>The gates' inputs are laid out {@code [n, 4, units]}, as the product with the weights leaves
 * them; their outputs {@code [4, n, units]}, as the gradient reads them.
 */
final class LstmStep extends HostCall {
  static final int PLANES = 8;
  private static final int PREVIOUS = 4;
  private static final int CELL = 5;

  private final HostMatrix gates;
  private final HostMatrix previousCell;
  private final HostMatrix cell;
  private final HostMatrix activatedCell;
  private final HostMatrix hidden;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final GatePlanes planes;

  LstmStep(LstmCell step, CellActivations activations, GatePlanes planes) {
    super(
        HostMatrix.host(step.gates().buffer()),
        HostMatrix.host(step.cell().buffer()),
        HostMatrix.host(step.activatedCell().buffer()),
        HostMatrix.host(step.hidden().buffer()));
    this.gates = HostMatrix.of(step.gates());
    this.previousCell = HostMatrix.of(step.previousCell());
    this.cell = HostMatrix.of(step.cell());
    this.activatedCell = HostMatrix.of(step.activatedCell());
    this.hidden = HostMatrix.of(step.hidden());
    int units = step.hidden().columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
    this.planes = planes;
  }

  @Override
  void compute(int rows) {
    int length = cell.length(rows);
    planes.split(gates, 4, rows);
    for (int i = 0; i < 4; i++) {
      (i == 2 ? candidate : gate).apply(planes.plane(i, length), 0, length);
      planes.storePart(i, gates, i, length, rows);
    }
    planes.load(PREVIOUS, previousCell, rows);
    renewCell(planes.plane(CELL, length), length);
    planes.storePart(CELL, cell, 0, length, rows);
    candidate.apply(planes.plane(CELL, length), 0, length);
    planes.storePart(CELL, activatedCell, 0, length, rows);
    Loops.multiply(planes.plane(3, length), 0, planes.plane(CELL, length), 0, length);
    planes.storePart(CELL, hidden, 0, length, rows);
  }

  private void renewCell(float[] renewed, int length) {
    float[] input = planes.plane(0, length);
    float[] forget = planes.plane(1, length);
    float[] fresh = planes.plane(2, length);
    float[] previous = planes.plane(PREVIOUS, length);
    for (int i = 0; i < length; i++) {
      renewed[i] = forget[i] * previous[i] + input[i] * fresh[i];
    }
  }
}
