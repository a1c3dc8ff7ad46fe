package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.GruCell;

/** One step of a gated recurrent unit: h' = z h + (1 - z) a(x + r y), y being recurrent. */
final class GruStep extends HostCall {
  private final HostMatrix gates;
  private final HostMatrix recurrent;
  private final HostMatrix previous;
  private final HostMatrix hidden;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final int units;

  GruStep(GruCell step, CellActivations activations) {
    super(HostMatrix.host(step.gates().buffer()), HostMatrix.host(step.hidden().buffer()));
    this.gates = HostMatrix.of(step.gates());
    this.recurrent = HostMatrix.of(step.recurrent());
    this.previous = HostMatrix.of(step.previous());
    this.hidden = HostMatrix.of(step.hidden());
    this.units = step.hidden().columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
  }

  @Override
  void compute(int rows) {
    for (int row = 0; row < rows; row++) {
      int g = gates.start(rows) + row * 3 * units;
      int r = recurrent.start(rows) + row * 3 * units;
      Loops.add(recurrent.values(), r, gates.values(), g, 2 * units);
      gate.apply(gates.values(), g, gates.values(), g, 2 * units);
      addReset(g, r);
      candidate.apply(gates.values(), g + 2 * units, gates.values(), g + 2 * units, units);
      mix(g, previous.start(rows) + row * units, hidden.start(rows) + row * units);
    }
  }

  private void addReset(int gateStart, int recurrentStart) {
    float[] g = gates.values();
    float[] r = recurrent.values();
    int fresh = gateStart + 2 * units;
    for (int i = 0; i < units; i++) {
      g[fresh + i] += g[gateStart + units + i] * r[recurrentStart + 2 * units + i];
    }
  }

  private void mix(int gateStart, int previousStart, int hiddenStart) {
    float[] g = gates.values();
    float[] before = previous.values();
    float[] after = hidden.values();
    for (int i = 0; i < units; i++) {
      float fresh = g[gateStart + 2 * units + i];
      after[hiddenStart + i] = fresh + g[gateStart + i] * (before[previousStart + i] - fresh);
    }
  }
}
