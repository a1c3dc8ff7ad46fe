package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;

/** The gradient of one step of a long short-term memory. */
final class LstmStepGradient extends HostCall {
  private final HostMatrix gates;
  private final HostMatrix previousCell;
  private final HostMatrix activatedCell;
  private final HostMatrix hiddenGradient;
  private final HostMatrix cellGradient;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final int units;
  private final float[] slopes;
  private final float[] throughCell;

  LstmStepGradient(
      LstmCell step,
      CellActivations activations,
      HostMatrix hiddenGradient,
      HostMatrix cellGradient) {
    super(HostMatrix.host(step.gates().buffer()), cellGradient.buffer());
    this.gates = HostMatrix.of(step.gates());
    this.previousCell = HostMatrix.of(step.previousCell());
    this.activatedCell = HostMatrix.of(step.activatedCell());
    this.hiddenGradient = hiddenGradient;
    this.cellGradient = cellGradient;
    this.units = hiddenGradient.columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
    this.slopes = new float[4 * units];
    this.throughCell = new float[units];
  }

  @Override
  void compute(int rows) {
    for (int row = 0; row < rows; row++) {
      int g = gates.start(rows) + row * 4 * units;
      int skipped = row * units;
      int h = hiddenGradient.start(rows) + skipped;
      int activated = activatedCell.start(rows) + skipped;
      int carried = cellGradient.start(rows) + skipped;
      setGradientThroughCell(g + 3 * units, h, activated, carried);
      setGateGradients(g, h, activated, previousCell.start(rows) + skipped);
      carry(g + units, carried);
      multiplySlopes(g);
      System.arraycopy(slopes, 0, gates.values(), g, 4 * units);
    }
  }

  /** Sets what reaches the cell: h o a'(c) and what later steps carried. */
  private void setGradientThroughCell(int output, int h, int activated, int carried) {
    float[] o = gates.values();
    float[] dh = hiddenGradient.values();
    for (int i = 0; i < units; i++) {
      throughCell[i] = dh[h + i] * o[output + i];
    }
    candidate.multiplyDerivative(activatedCell.values(), activated, throughCell, 0, units);
    Loops.add(cellGradient.values(), carried, throughCell, 0, units);
  }

  /** Sets the gradients of the gates' outputs. */
  private void setGateGradients(int gateStart, int h, int activated, int previousStart) {
    float[] g = gates.values();
    float[] dh = hiddenGradient.values();
    float[] a = activatedCell.values();
    float[] previous = previousCell.values();
    for (int i = 0; i < units; i++) {
      slopes[i] = throughCell[i] * g[gateStart + 2 * units + i];
      slopes[units + i] = throughCell[i] * previous[previousStart + i];
      slopes[2 * units + i] = throughCell[i] * g[gateStart + i];
      slopes[3 * units + i] = dh[h + i] * a[activated + i];
    }
  }

  private void carry(int forget, int carried) {
    float[] f = gates.values();
    float[] dc = cellGradient.values();
    for (int i = 0; i < units; i++) {
      dc[carried + i] = throughCell[i] * f[forget + i];
    }
  }

  private void multiplySlopes(int g) {
    gate.multiplyDerivative(gates.values(), g, slopes, 0, 2 * units);
    candidate.multiplyDerivative(gates.values(), g + 2 * units, slopes, 2 * units, units);
    gate.multiplyDerivative(gates.values(), g + 3 * units, slopes, 3 * units, units);
  }
}
