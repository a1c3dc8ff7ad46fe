package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.Team;

/** The gradient of one step of a long short-term memory; // [4, n, units] -> [n, 4, units]. */
public final class LstmStepGradient extends LstmCall {
  private static final int OTHERS = 4;

  private final HostMatrix hiddenGradient;
  private final HostMatrix cellGradient;

  public LstmStepGradient(
      Team team,
      LstmCell step,
      CellActivations activations,
      HostMatrix hiddenGradient,
      HostMatrix cellGradient,
      GatePlanes[] planes) {
    super(team, step, activations, planes);
    this.hiddenGradient = hiddenGradient;
    this.cellGradient = cellGradient;
  }

  @Override
  protected void finish(int rows) {
    gates.written(rows);
    cellGradient.written(rows);
  }

  @Override
  void computeRows(GatePlanes planes, int rows, int part, int first, int end) {
    int length = (end - first) * units;
    for (int i = 0; i < 4; i++) {
      planes.loadGate(i, gates, i, 4, rows, first, end);
    }
    planes.load(OTHERS + 1, activatedCell, rows, first, end);
    planes.load(OTHERS + 2, hiddenGradient, rows, first, end);
    planes.load(OTHERS + 3, hiddenGradient, rows, first, end);
    openOutput(planes, part, length);
    Loops.add(
        planes.plane(OTHERS + 2, length),
        0,
        planes.load(OTHERS, cellGradient, rows, first, end),
        0,
        length);
    planes.load(OTHERS + 2, previousCell, rows, first, end);
    setGateGradients(planes, part, length);
    planes.store(OTHERS, cellGradient, rows, first, end);
    planes.join(gates, 4, rows, first, end);
  }

  /**
   * Replaces the output gate by its gradient, and a plane by the gradient that reaches the cell
   * through the gate.
   */
  private void openOutput(GatePlanes planes, int part, int length) {
    float[] output = planes.plane(3, length);
    float[] activated = planes.plane(OTHERS + 1, length);
    float[] throughCell = planes.plane(OTHERS + 2, length);
    float[] slope = planes.plane(OTHERS + 3, length);
    Loops.multiply(output, 0, throughCell, 0, length);
    candidates[part].multiplyDerivative(activated, throughCell, 0, length);
    Loops.multiply(activated, 0, slope, 0, length);
    gateLoops[part].multiplyDerivative(output, slope, 0, length);
    System.arraycopy(slope, 0, output, 0, length);
  }

  /**
   * Replaces the other gates by their gradients, and the cell's gradient by that of the previous
   * cell.
   */
  private void setGateGradients(GatePlanes planes, int part, int length) {
    float[] carried = planes.plane(OTHERS, length);
    float[] input = planes.plane(0, length);
    float[] forget = planes.plane(1, length);
    float[] fresh = planes.plane(2, length);
    float[] inputSlope = planes.plane(OTHERS + 1, length);
    float[] forgetSlope = planes.plane(OTHERS + 2, length);
    float[] freshSlope = planes.plane(OTHERS + 3, length);
    for (int i = 0; i < length; i++) {
      inputSlope[i] = carried[i] * fresh[i];
      freshSlope[i] = carried[i] * input[i];
    }
    for (int i = 0; i < length; i++) {
      forgetSlope[i] *= carried[i];
      carried[i] *= forget[i];
    }
    gateLoops[part].multiplyDerivative(input, inputSlope, 0, length);
    gateLoops[part].multiplyDerivative(forget, forgetSlope, 0, length);
    candidates[part].multiplyDerivative(fresh, freshSlope, 0, length);
    System.arraycopy(inputSlope, 0, input, 0, length);
    System.arraycopy(forgetSlope, 0, forget, 0, length);
    System.arraycopy(freshSlope, 0, fresh, 0, length);
  }
}
