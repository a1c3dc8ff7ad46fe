package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;

/** One step of a long short-term memory: c' = f c + i g, h = o a(c'). */
final class LstmStep extends HostCall {
  private final HostMatrix gates;
  private final HostMatrix previousCell;
  private final HostMatrix cell;
  private final HostMatrix activatedCell;
  private final HostMatrix hidden;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final int units;

  LstmStep(LstmCell step, CellActivations activations) {
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
    this.units = step.hidden().columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
  }

  @Override
  void compute(int rows) {
    for (int row = 0; row < rows; row++) {
      int g = gates.start(rows) + row * 4 * units;
      int skipped = row * units;
      int c = cell.start(rows) + skipped;
      int activated = activatedCell.start(rows) + skipped;
      gate.apply(gates.values(), g, gates.values(), g, 2 * units);
      candidate.apply(gates.values(), g + 2 * units, gates.values(), g + 2 * units, units);
      gate.apply(gates.values(), g + 3 * units, gates.values(), g + 3 * units, units);
      renewCell(g, previousCell.start(rows) + skipped, c);
      candidate.apply(cell.values(), c, activatedCell.values(), activated, units);
      open(g + 3 * units, activated, hidden.start(rows) + skipped);
    }
  }

  private void renewCell(int gateStart, int previousStart, int cellStart) {
    float[] g = gates.values();
    float[] previous = previousCell.values();
    float[] c = cell.values();
    int forget = gateStart + units;
    int fresh = gateStart + 2 * units;
    for (int i = 0; i < units; i++) {
      c[cellStart + i] =
          g[forget + i] * previous[previousStart + i] + g[gateStart + i] * g[fresh + i];
    }
  }

  private void open(int output, int activated, int hiddenStart) {
    float[] g = gates.values();
    float[] a = activatedCell.values();
    float[] h = hidden.values();
    for (int i = 0; i < units; i++) {
      h[hiddenStart + i] = g[output + i] * a[activated + i];
    }
  }
}
