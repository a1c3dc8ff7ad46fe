package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;

/** The gradient of one step of a long short-term memory; // [4, n, units] -> [n, 4, units]. */
final class LstmStepGradient extends HostCall {
  private static final int OTHERS = 4;

  private final HostMatrix gates;
  private final HostMatrix previousCell;
  private final HostMatrix activatedCell;
  private final HostMatrix hiddenGradient;
  private final HostMatrix cellGradient;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final GatePlanes planes;

  LstmStepGradient(
      LstmCell step,
      CellActivations activations,
      HostMatrix hiddenGradient,
      HostMatrix cellGradient,
      GatePlanes planes) {
    super(HostMatrix.host(step.gates().buffer()), cellGradient.buffer());
    this.gates = HostMatrix.of(step.gates());
    this.previousCell = HostMatrix.of(step.previousCell());
    this.activatedCell = HostMatrix.of(step.activatedCell());
    this.hiddenGradient = hiddenGradient;
    this.cellGradient = cellGradient;
    int units = hiddenGradient.columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
    this.planes = planes;
  }

  @Override
  void compute(int rows) {
    int length = hiddenGradient.length(rows);
    for (int i = 0; i < 4; i++) {
      planes.loadPart(i, gates, i, length, rows);
    }
    openOutput(length, rows);
    float[] carried = planes.load(OTHERS, cellGradient, rows);
    Loops.add(planes.plane(OTHERS + 2, length), 0, carried, 0, length);
    setGateGradients(length, rows);
    planes.storePart(OTHERS, cellGradient, 0, length, rows);
    planes.join(gates, 4, rows);
  }

  /** Replaces the output gate by its gradient, and a plane by what reaches the cell through it. */
  private void openOutput(int length, int rows) {
    float[] output = planes.plane(3, length);
    float[] activated = planes.load(OTHERS + 1, activatedCell, rows);
    float[] throughCell = planes.load(OTHERS + 2, hiddenGradient, rows);
    float[] slope = planes.load(OTHERS + 3, hiddenGradient, rows);
    Loops.multiply(output, 0, throughCell, 0, length);
    candidate.multiplyDerivative(activated, throughCell, 0, length);
    Loops.multiply(activated, 0, slope, 0, length);
    gate.multiplyDerivative(output, slope, 0, length);
    System.arraycopy(slope, 0, output, 0, length);
  }

  /** Replaces the other gates by their gradients, and the cell's gradient by the previous one's. */
  private void setGateGradients(int length, int rows) {
    float[] carried = planes.plane(OTHERS, length);
    float[] input = planes.plane(0, length);
    float[] forget = planes.plane(1, length);
    float[] fresh = planes.plane(2, length);
    float[] inputSlope = planes.plane(OTHERS + 1, length);
    float[] forgetSlope = planes.load(OTHERS + 2, previousCell, rows);
    float[] freshSlope = planes.plane(OTHERS + 3, length);
    for (int i = 0; i < length; i++) {
      inputSlope[i] = carried[i] * fresh[i];
      freshSlope[i] = carried[i] * input[i];
    }
    for (int i = 0; i < length; i++) {
      forgetSlope[i] *= carried[i];
      carried[i] *= forget[i];
    }
    gate.multiplyDerivative(input, inputSlope, 0, length);
    gate.multiplyDerivative(forget, forgetSlope, 0, length);
    candidate.multiplyDerivative(fresh, freshSlope, 0, length);
    System.arraycopy(inputSlope, 0, input, 0, length);
    System.arraycopy(forgetSlope, 0, forget, 0, length);
    System.arraycopy(freshSlope, 0, fresh, 0, length);
  }
}
