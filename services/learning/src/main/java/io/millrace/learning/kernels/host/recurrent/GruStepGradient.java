package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.GruCell;
import io.millrace.learning.kernels.host.activation.ActivationLoops;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** The gradient of one step of a gated recurrent unit; // [3, n, units] -> [n, 3, units]. */
public final class GruStepGradient extends HostCall {
  private static final int OTHERS = 3;

  private final HostMatrix gates;
  private final HostMatrix recurrent;
  private final HostMatrix previous;
  private final HostMatrix hiddenGradient;
  private final HostMatrix previousGradient;
  private final ActivationLoops candidate;
  private final ActivationLoops gate;
  private final GatePlanes planes;

  public GruStepGradient(
      GruCell step,
      CellActivations activations,
      HostMatrix hiddenGradient,
      HostMatrix previousGradient,
      GatePlanes planes) {
    super(
        HostMatrix.host(step.gates().buffer()),
        HostMatrix.host(step.recurrent().buffer()),
        previousGradient.buffer());
    this.gates = HostMatrix.of(step.gates());
    this.recurrent = HostMatrix.of(step.recurrent());
    this.previous = HostMatrix.of(step.previous());
    this.hiddenGradient = hiddenGradient;
    this.previousGradient = previousGradient;
    int units = hiddenGradient.columns();
    this.candidate = ActivationLoops.of(activations.candidate(), units);
    this.gate = ActivationLoops.of(activations.gate(), units);
    this.planes = planes;
  }

  @Override
  protected void compute(int rows) {
    int length = hiddenGradient.length(rows);
    for (int i = 0; i < 3; i++) {
      planes.loadGate(i, gates, i, 3, rows, 0, rows);
    }
    unmix(length, rows);
    unreset(length, rows);
    planes.join(gates, 3, rows, 0, rows);
    // Only the candidate's recurrent gradient differs, because it went through the reset gate.
    System.arraycopy(planes.plane(OTHERS, length), 0, planes.plane(2, length), 0, length);
    planes.join(recurrent, 3, rows, 0, rows);
  }

  /**
   * Replaces update gate and candidate by their gradients, and adds the gradient that bypasses
   * both.
   */
  private void unmix(int length, int rows) {
    float[] update = planes.plane(0, length);
    float[] fresh = planes.plane(2, length);
    float[] slope = planes.load(OTHERS, hiddenGradient, rows, 0, rows);
    float[] past = planes.load(OTHERS + 1, previousGradient, rows, 0, rows);
    float[] state = planes.load(OTHERS + 2, previous, rows, 0, rows);
    float[] freshSlope = planes.plane(OTHERS + 3, length);
    for (int i = 0; i < length; i++) {
      past[i] += slope[i] * update[i];
      freshSlope[i] = slope[i] * (1 - update[i]);
      slope[i] *= state[i] - fresh[i];
    }
    planes.store(OTHERS + 1, previousGradient, rows, 0, rows);
    gate.multiplyDerivative(update, slope, 0, length);
    candidate.multiplyDerivative(fresh, freshSlope, 0, length);
    System.arraycopy(slope, 0, update, 0, length);
    System.arraycopy(freshSlope, 0, fresh, 0, length);
  }

  /** Replaces the reset gate by its gradient, and a plane by the gradient of its operand. */
  private void unreset(int length, int rows) {
    float[] reset = planes.plane(1, length);
    float[] freshSlope = planes.plane(2, length);
    float[] slope = planes.loadGate(OTHERS + 1, recurrent, 2, 3, rows, 0, rows);
    float[] productSlope = planes.plane(OTHERS, length);
    for (int i = 0; i < length; i++) {
      slope[i] *= freshSlope[i];
      productSlope[i] = freshSlope[i] * reset[i];
    }
    gate.multiplyDerivative(reset, slope, 0, length);
    System.arraycopy(slope, 0, reset, 0, length);
  }
}
