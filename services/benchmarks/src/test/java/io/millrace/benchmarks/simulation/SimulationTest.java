package io.millrace.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.drift.DefaultLearner;
import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.learning.Learner;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.proto.events.v1.CommandDone;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A short form of {@code benchmarks/run simulation}, and proof that it can fail. */
class SimulationTest {
  private static final int RECORDS = 1000;

  private final Plan plan = new Plan(3, 1_500, 300, 300, 1_000);
  private final RecordedStream stream = SimulationCommand.stream(RECORDS, RECORDS, 3);
  private final Learner learner = DefaultLearner.of(stream, Map.of(), event -> {});
  private final Journal journal = new Journal(RECORDS, plan);

  @Test
  void run_crashesCommandsAndDrifts_holdsTheInvariants() {
    // When: any violated invariant throws
    Simulation.Summary summary =
        new Simulation(SimulationCommand.stream(16_000, 8_000, 3), plan, Map.of()).run();

    // Then
    assertThat(summary.crashed()).isGreaterThan(5);
    assertThat(summary.repeated()).isPositive();
    assertThat(summary.rewound()).isPositive();
    assertThat(summary.rounds()).isGreaterThan(2);
    assertThat(summary.done()).isPositive();
    assertThat(summary.refused()).isPositive();
    assertThat(summary.answeredAgain()).isPositive();
    assertThat(summary.chosen()).isPositive();
    assertThat(summary.compared()).isPositive();
  }

  @Test
  void run_crashesOfRivalsInATournament_holdsTheInvariants() {
    // Given
    Plan crashing = new Plan(3, 300, 300, 200, 1_000);
    Map<String, Object> rivals =
        SimulationCommand.withRivals(Map.of("training", Map.of("threads", 2)), 500);

    // When: any violated invariant throws
    Simulation.Summary summary =
        new Simulation(SimulationCommand.stream(2_000, 1_000, 3), crashing, rivals).run();

    // Then
    assertThat(summary.crashed()).isPositive();
    assertThat(summary.repeated()).isPositive();
  }

  @Test
  void settle_recordTrainedTwice_isFound() {
    journal.begin(0, learner);
    learner.train();
    learner.train();

    assertThatThrownBy(() -> journal.settle(learner))
        .hasMessageStartingWith("EVERY_RECORD_TRAINED_ONCE: record 0 is learned from 2 times");
  }

  @Test
  void settle_heldOutRecordTrainedAfterACrash_isFound() {
    // Given
    int heldOut = first(record -> learner.holdsOut(plan.holdoutHash(record)));
    Journal.Saved before = journal.save();
    for (int record = 0; record < heldOut; record++) {
      take(record);
    }
    journal.begin(heldOut, learner);
    learner.validate();
    journal.settle(learner);
    journal.goBack(before);

    // When
    for (int record = 0; record < heldOut; record++) {
      take(record);
    }
    journal.begin(heldOut, learner);
    learner.train();

    // Then
    assertThatThrownBy(() -> journal.settle(learner))
        .hasMessageStartingWith("NO_RECORD_BOTH_TRAINED_AND_VALIDATED");
  }

  @Test
  void settle_newRecordWithinARewind_isFound() {
    take(0);
    take(1);
    journal.rewind(new int[] {0, 0}, 1);
    take(0);
    journal.begin(2, learner);
    learner.train();

    assertThatThrownBy(() -> journal.settle(learner))
        .hasMessageStartingWith("EVERY_RECORD_TRAINED_ONCE: record 2 has fate 1");
  }

  @Test
  void take_commandDoneTwice_isFound() {
    // Given
    RecordsTopic records = new RecordsTopic(RECORDS, RECORDS);
    CommandsTopic commands = new CommandsTopic();
    Answers answers = new Answers(commands, "m", new Rules(records));
    Command pause =
        Command.newBuilder().setId("1").setModel("m").setPause(Pause.getDefaultInstance()).build();
    commands.send(new SentCommand(pause, false));
    commands.send(new SentCommand(pause, true));
    TrainingEvent done =
        TrainingEvent.newBuilder().setCommandDone(CommandDone.newBuilder().setId("1")).build();

    // When
    answers.take(done, List.of(), journal.course());

    // Then
    assertThatThrownBy(() -> answers.take(done, List.of(), journal.course()))
        .hasMessageStartingWith("EVERY_COMMAND_DONE_ONCE");
  }

  private void take(int record) {
    journal.begin(record, learner);
    if (plan.isBad(record)) {
      learner.reject();
    } else if (learner.holdsOut(plan.holdoutHash(record))) {
      learner.validate();
    } else {
      learner.train();
    }
    journal.settle(learner);
  }

  private static int first(IntPredicate condition) {
    return IntStream.range(0, RECORDS).filter(condition).findFirst().orElseThrow();
  }
}
