package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.CellActivations;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.host.activation.ActivationLoops;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;

/**
 * The shared part of a step of a long short-term memory and its gradient. Both divide the work
 * alike, so that each thread reads the gates that it has written.
 */
abstract class LstmCall extends SharedCall {
  /** The operations per value of a step, many of them exponentials. */
  private static final long GATES_AND_STATES = 64;

  /** Values of a plane: few enough for all planes to stay in the processor's nearest cache. */
  private static final int PLANE_LENGTH = 1 << 10;

  final HostMatrix gates;
  final HostMatrix previousCell;
  final HostMatrix activatedCell;
  final int units;
  final ActivationLoops[] candidates;
  final ActivationLoops[] gateLoops;
  private final GatePlanes[] planesOfParts;

  LstmCall(Team team, LstmCell step, CellActivations activations, GatePlanes[] planes) {
    super(team);
    this.gates = HostMatrix.of(step.gates());
    this.previousCell = HostMatrix.of(step.previousCell());
    this.activatedCell = HostMatrix.of(step.activatedCell());
    this.units = step.hidden().columns();
    this.candidates = ActivationLoops.ofTeam(team, activations.candidate(), units);
    this.gateLoops = ActivationLoops.ofTeam(team, activations.gate(), units);
    this.planesOfParts = planes;
  }

  @Override
  protected final int count(int rows) {
    return activatedCell.rows(rows);
  }

  @Override
  protected final long operations(int rows) {
    return GATES_AND_STATES * Team.OPERATIONS_PER_VALUE * activatedCell.length(rows);
  }

  @Override
  protected final void compute(int rows, int part, int first, int end) {
    int count = Math.max(1, PLANE_LENGTH / units);
    for (int row = first; row < end; row += count) {
      computeRows(planesOfParts[part], rows, part, row, Math.min(end, row + count));
    }
  }

  /** Computes rows whose planes fit into the cache. */
  abstract void computeRows(GatePlanes planes, int rows, int part, int first, int end);
}
