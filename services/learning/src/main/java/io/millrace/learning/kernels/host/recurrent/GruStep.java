package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.GruCell;
import io.millrace.learning.kernels.host.activation.ActivationLoops;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;

/**
 * One step of a gated recurrent unit: h' = z h + (1 - z) a(x + r y), where y is the recurrent
 * contribution.
 *
 * <p>Both contributions to the gates have the layout {@code [n, 3, units]} of products with
 * weights. The gates' outputs and y have the layout {@code [3, n, units]} that the gradient reads.
 */
public final class GruStep extends HostCall {
  private static final int PREVIOUS = 3;

  private final HostMatrix gates;
  private final HostMatrix recurrent;
  private final HostMatrix previous;
  private final HostMatrix hidden;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final GatePlanes planes;
  private final GatePlanes products;

  public GruStep(
      GruCell step, CellActivations activations, GatePlanes planes, GatePlanes products) {
    super(
        HostMatrix.host(step.gates().buffer()),
        HostMatrix.host(step.recurrent().buffer()),
        HostMatrix.host(step.hidden().buffer()));
    this.gates = HostMatrix.of(step.gates());
    this.recurrent = HostMatrix.of(step.recurrent());
    this.previous = HostMatrix.of(step.previous());
    this.hidden = HostMatrix.of(step.hidden());
    int units = step.hidden().columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
    this.planes = planes;
    this.products = products;
  }

  @Override
  protected void compute(int rows) {
    int length = hidden.length(rows);
    planes.split(gates, 3, rows, 0, rows);
    products.split(recurrent, 3, rows, 0, rows);
    for (int i = 0; i < 2; i++) {
      float[] values = planes.plane(i, length);
      Loops.add(products.plane(i, length), 0, values, 0, length);
      gate.apply(values, 0, length);
    }
    addReset(length);
    candidate.apply(planes.plane(2, length), 0, length);
    for (int i = 0; i < 3; i++) {
      planes.storeGate(i, gates, i, 3, rows, 0, rows);
    }
    products.storeGate(2, recurrent, 2, 3, rows, 0, rows);
    mix(planes.load(PREVIOUS, previous, rows, 0, rows), length);
    planes.store(PREVIOUS, hidden, rows, 0, rows);
  }

  private void addReset(int length) {
    float[] reset = planes.plane(1, length);
    float[] fresh = planes.plane(2, length);
    float[] product = products.plane(2, length);
    for (int i = 0; i < length; i++) {
      fresh[i] += reset[i] * product[i];
    }
  }

  private void mix(float[] state, int length) {
    float[] update = planes.plane(0, length);
    float[] fresh = planes.plane(2, length);
    for (int i = 0; i < length; i++) {
      state[i] = fresh[i] + update[i] * (state[i] - fresh[i]);
    }
  }
}
