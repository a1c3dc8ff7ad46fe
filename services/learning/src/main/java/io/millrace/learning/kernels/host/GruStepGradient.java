package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.GruCell;

/** The gradient of one step of a gated recurrent unit. */
final class GruStepGradient extends HostCall {
  private final HostMatrix gates;
  private final HostMatrix recurrent;
  private final HostMatrix previous;
  private final HostMatrix hiddenGradient;
  private final HostMatrix previousGradient;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final int units;
  private final float[] slopes;

  GruStepGradient(
      GruCell step,
      CellActivations activations,
      HostMatrix hiddenGradient,
      HostMatrix previousGradient) {
    super(
        HostMatrix.host(step.gates().buffer()),
        HostMatrix.host(step.recurrent().buffer()),
        previousGradient.buffer());
    this.gates = HostMatrix.of(step.gates());
    this.recurrent = HostMatrix.of(step.recurrent());
    this.previous = HostMatrix.of(step.previous());
    this.hiddenGradient = hiddenGradient;
    this.previousGradient = previousGradient;
    this.units = hiddenGradient.columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
    this.slopes = new float[3 * units];
  }

  @Override
  void compute(int rows) {
    for (int row = 0; row < rows; row++) {
      int g = gates.start(rows) + row * 3 * units;
      int r = recurrent.start(rows) + row * 3 * units;
      int skipped = row * units;
      int h = hiddenGradient.start(rows) + skipped;
      unmix(g, h, previous.start(rows) + skipped, previousGradient.start(rows) + skipped);
      candidate.multiplyDerivative(gates.values(), g + 2 * units, slopes, 2 * units, units);
      setResetGradient(r);
      gate.multiplyDerivative(gates.values(), g, slopes, 0, 2 * units);
      setGradients(g, r);
    }
  }

  /** Sets the gradients of update gate and candidate, and adds what goes past both. */
  private void unmix(int gateStart, int h, int previousStart, int previousGradientStart) {
    float[] g = gates.values();
    float[] dh = hiddenGradient.values();
    float[] before = previous.values();
    float[] past = previousGradient.values();
    for (int i = 0; i < units; i++) {
      float update = g[gateStart + i];
      float fresh = g[gateStart + 2 * units + i];
      slopes[i] = dh[h + i] * (before[previousStart + i] - fresh);
      slopes[2 * units + i] = dh[h + i] * (1 - update);
      past[previousGradientStart + i] += dh[h + i] * update;
    }
  }

  private void setResetGradient(int recurrentStart) {
    float[] r = recurrent.values();
    for (int i = 0; i < units; i++) {
      slopes[units + i] = slopes[2 * units + i] * r[recurrentStart + 2 * units + i];
    }
  }

  /** Writes the gradients over the gates; the candidate's recurrent part went through the reset. */
  private void setGradients(int gateStart, int recurrentStart) {
    float[] g = gates.values();
    float[] r = recurrent.values();
    for (int i = 0; i < units; i++) {
      r[recurrentStart + 2 * units + i] = slopes[2 * units + i] * g[gateStart + units + i];
    }
    System.arraycopy(slopes, 0, r, recurrentStart, 2 * units);
    System.arraycopy(slopes, 0, g, gateStart, 3 * units);
  }
}
