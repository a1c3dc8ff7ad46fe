package io.millrace.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The short form of {@code benchmarks/run simulation}. */
class SimulationTest {

  @Test
  void run_crashesCommandsAndDrifts_holdsTheInvariants() {
    // Given
    Plan plan = new Plan(3, 10_000, 30_000, 4_000);

    // When: it ends with an exception where an invariant does not hold
    Simulation.Summary summary =
        new Simulation(SimulationCommand.stream(120_000, 30_000, 3), plan).run();

    // Then
    assertThat(summary.crashes()).isGreaterThan(5);
    assertThat(summary.repeated()).isPositive();
    assertThat(summary.rounds()).isGreaterThan(2);
    assertThat(summary.drifts()).isPositive();
    assertThat(summary.chosen()).isPositive();
    assertThat(summary.compared()).isPositive();
  }

  @Test
  void trained_recordThatWasValidatedBeforeACrash_isFound() {
    Fates fates = new Fates(10);
    fates.validated(4);
    fates.undoFrom(2);

    assertThatThrownBy(() -> fates.trained(4))
        .hasMessageContaining("NO_RECORD_BOTH_TRAINED_AND_VALIDATED");
  }

  @Test
  void trained_recordForTheSecondTime_isFound() {
    Fates fates = new Fates(10);
    fates.trained(4);

    assertThatThrownBy(() -> fates.trained(4)).hasMessageContaining("EVERY_RECORD_TRAINED_ONCE");
  }
}
