package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.proto.control.v1.Promote;
import io.millrace.proto.control.v1.Resume;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.control.v1.Rollback;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.lifecycle.UnrecoverableException;
import io.millrace.trainer.commands.CommandSender;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Commands to a trainer on a real broker, driven by the test's thread. */
class CommandsTest {
  private static final int BATCH_SIZE = 8;

  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void command_crashBetweenItAndItsEffect_isDoneOnce() throws Exception {
    // Given: a trainer that another has taken over from does not know it yet
    TestStream stream = TestStream.written(broker, "once", 300);
    TrainerSettings settings = stream.settings(50);
    RunningTrainer crashing = new RunningTrainer(settings);
    crashing.trainUntil(stream.size());
    RunningTrainer survivor = new RunningTrainer(settings);
    survivor.turnUntil(progress -> progress.version() > 0);
    send(stream, settings, command("retrain-1").setRetrain(Retrain.getDefaultInstance()));

    // When: it executes the command, but cannot commit
    assertThatThrownBy(() -> crashing.turn(100))
        .isInstanceOf(UnrecoverableException.class)
        .hasMessageStartingWith("fenced: ");
    crashing.crash();
    List<TrainingEvent> before = stream.events(settings);
    survivor.turnUntilAnswered(1);
    survivor.stop();
    send(stream, settings, command("behind it").setPause(Pause.getDefaultInstance()));
    RunningTrainer restarted = new RunningTrainer(settings);
    restarted.turnUntilAnswered(1);
    restarted.stop();

    // Then
    assertThat(before).noneMatch(TrainingEvent::hasCommandDone);
    assertThat(stream.events(settings))
        .filteredOn(event -> event.hasCommandDone() || event.hasRoundStarted())
        .extracting(
            event -> event.getRoundStarted().getCause() + event.getCommandDone().getCommand())
        .containsExactly("first", "command", "retrain", "pause");
  }

  @Test
  void commands_crashesAtRandomPlaces_everyOneIsAnsweredOnceAndNoEventIsLostOrDoubled()
      throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "random", 600);
    TrainerSettings settings = stream.settings(17);
    Random random = new Random(5);
    int commands = 3;

    // When
    for (int crash = 0; crash < commands; crash++) {
      RunningTrainer crashing = new RunningTrainer(settings);
      crashing.turn(1 + random.nextInt(8));
      send(
          stream,
          settings,
          command("retrain-" + crash)
              .setRetrain(Retrain.newBuilder().setFreshWeights(crash % 2 == 0)));
      crashing.turn(1 + random.nextInt(8));
      crashing.crash();
    }
    RunningTrainer last = new RunningTrainer(settings);
    last.turnUntil(progress -> progress.learning().round() == 1 + commands);
    finish(last, stream, settings);

    // Then
    List<TrainingEvent> events = stream.events(settings);
    assertThat(events)
        .filteredOn(TrainingEvent::hasCommandDone)
        .extracting(event -> event.getCommandDone().getId())
        .containsExactly("retrain-0", "retrain-1", "retrain-2", "last");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).getNumber()).isEqualTo(i + 1);
    }
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(stream.size());
  }

  @Test
  void command_sentAgainUnderItsId_isNotDoneAgain() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "again", 100);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size());

    // When
    send(stream, settings, command("one").setRetrain(Retrain.getDefaultInstance()));
    send(stream, settings, command("one").setRetrain(Retrain.getDefaultInstance()));
    send(stream, settings, command("two").setResume(Resume.getDefaultInstance()));
    send(stream, settings, command("two").setPause(Pause.getDefaultInstance()));
    trainer.turnUntilAnswered(4);
    trainer.stop();

    // Then
    List<TrainingEvent> events = stream.events(settings);
    assertThat(events)
        .filteredOn(TrainingEvent::hasCommandDone)
        .extracting(event -> event.getCommandDone().getRepeated())
        .containsExactly(false, true);
    assertThat(events)
        .filteredOn(TrainingEvent::hasCommandRefused)
        .extracting(event -> event.getCommandRefused().getReason())
        .containsExactly("training is not paused", "training is not paused");
  }

  @Test
  void commands_thatCannotBeCarriedOut_areRefusedWithTheReason() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "refused", 300);
    TrainerSettings settings = stream.settings(300);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size());

    // When
    try (CommandSender sender = stream.sender(settings)) {
      for (Command.Builder command : impossible()) {
        sender.send(command.setModel(settings.model()).build());
      }
    }
    trainer.turnUntilAnswered(7);
    trainer.stop();

    // Then
    assertThat(stream.events(settings))
        .filteredOn(TrainingEvent::hasCommandRefused)
        .extracting(event -> event.getCommandRefused().getReason())
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith("version 4711 is not kept; kept: ["),
            reason -> assertThat(reason).startsWith("version 4711 is not kept; kept: ["),
            reason -> assertThat(reason).startsWith("no drift has been detected"),
            reason ->
                assertThat(reason)
                    .isEqualTo(
                        "offset 100000 of partition 0 is not kept or not consumed yet;"
                            + " allowed: 0 to "
                            + stream.size()),
            reason ->
                assertThat(reason)
                    .isEqualTo("partition 9 is not one that was consumed; allowed: [0]"),
            reason -> assertThat(reason).startsWith("passes is 2, but only records"),
            reason -> assertThat(reason).startsWith("no record that was consumed is from"));
  }

  private static List<Command.Builder> impossible() {
    Retrain.Offsets ahead = Retrain.Offsets.newBuilder().putOffsets(0, 100_000).build();
    Retrain.Offsets elsewhere = Retrain.Offsets.newBuilder().putOffsets(9, 0).build();
    Retrain.DriftStart drift = Retrain.DriftStart.getDefaultInstance();
    return List.of(
        command("a").setRollback(Rollback.newBuilder().setVersion(4711)),
        command("b").setPromote(Promote.newBuilder().setVersion(4711)),
        command("c").setRetrain(Retrain.newBuilder().setRewindToDriftStart(drift)),
        command("d").setRetrain(Retrain.newBuilder().setRewindToOffsets(ahead)),
        command("e").setRetrain(Retrain.newBuilder().setRewindToOffsets(elsewhere)),
        command("f").setRetrain(Retrain.newBuilder().setPasses(2)),
        command("g").setRetrain(Retrain.newBuilder().setRewindToMillis(Long.MAX_VALUE)));
  }

  @Test
  void pause_thenRestart_staysPausedUntilResumed() throws Exception {
    // Given
    TestStream stream = streamWith("paused", 200, 100);
    TrainerSettings settings = stream.settings(50);
    RunningTrainer trainer = new RunningTrainer(settings);
    send(stream, settings, command("pause").setPause(Pause.getDefaultInstance()));
    trainer.turnUntil(progress -> progress.control().paused());
    trainer.stop();
    stream.produce(100, stream.size());
    StoredCounts paused = stream.newestCheckpoint(settings).orElseThrow().counts();

    // When
    RunningTrainer restarted = new RunningTrainer(settings);
    restarted.turn(3);
    StoredCounts stillPaused = stream.newestCheckpoint(settings).orElseThrow().counts();
    send(stream, settings, command("resume").setResume(Resume.getDefaultInstance()));
    restarted.turnUntil(progress -> !progress.control().paused());
    finish(restarted, stream, settings);

    // Then
    assertThat(paused.records()).isLessThanOrEqualTo(100);
    assertThat(stillPaused).isEqualTo(paused);
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(stream.size());
  }

  @Test
  void retrain_rewindToTheEarliestOrATime_trainsTheSameRecordsAgainAndCrashesChangeNothing()
      throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "rewound", 400);
    TrainerSettings uninterrupted = stream.settingsOfModel("whole", 100);
    TrainerSettings crashed = stream.settingsOfModel("broken", 13);
    Retrain.Builder retrain = Retrain.newBuilder().setFreshWeights(true).setPasses(2);
    RunningTrainer whole = new RunningTrainer(uninterrupted);
    whole.trainUntil(stream.size());
    RunningTrainer first = new RunningTrainer(crashed);
    first.trainUntil(stream.size());
    first.stop();
    StoredCounts before = stream.newestCheckpoint(crashed).orElseThrow().counts();

    // When
    Retrain.Earliest earliest = Retrain.Earliest.getDefaultInstance();
    send(
        stream, uninterrupted, command("rewind").setRetrain(retrain.setRewindToEarliest(earliest)));
    send(stream, crashed, command("rewind").setRetrain(retrain.setRewindToMillis(1)));
    Random random = new Random(3);
    for (int crash = 0; crash < 2; crash++) {
      RunningTrainer crashing = new RunningTrainer(crashed);
      crashing.turn(2 + random.nextInt(20));
      crashing.crash();
    }
    for (RunningTrainer last : List.of(whole, new RunningTrainer(crashed))) {
      last.turnUntil(p -> p.learning().round() == 2 && !p.control().rewinding());
      last.stop();
    }

    // Then
    var expected = stream.newestCheckpoint(uninterrupted).orElseThrow();
    var actual = stream.newestCheckpoint(crashed).orElseThrow();
    assertThat(actual.parametersSha256()).isEqualTo(expected.parametersSha256());
    assertThat(actual.counts()).isEqualTo(expected.counts());
    assertThat(expected.counts().trained()).isEqualTo(before.trained());
    assertThat(expected.counts().validated()).isEqualTo(before.validated());
    assertThat(expected.counts().steps() - before.steps()).isEqualTo(2 * before.trained() / 8);
    assertThat(expected.position().nextOffsets().get(0)).isEqualTo(stream.size());
    assertThat(stream.events(crashed)).filteredOn(TrainingEvent::hasCommandDone).hasSize(1);
  }

  @Test
  void rollback_thenPromote_movesWhatIsServedAndItStays() throws Exception {
    // Given: two checkpoints, since even a refused command ends with one
    TestStream stream = streamWith("served", 900, 200);
    TrainerSettings settings = stream.settings(20);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(200 - BATCH_SIZE);
    send(stream, settings, command("first").setResume(Resume.getDefaultInstance()));
    trainer.turnUntilAnswered(1);
    stream.produce(200, 450);
    trainer.trainUntil(450 - BATCH_SIZE);
    send(stream, settings, command("second").setResume(Resume.getDefaultInstance()));
    trainer.turnUntilAnswered(2);

    // When
    send(stream, settings, command("back").setRollback(Rollback.getDefaultInstance()));
    trainer.turnUntil(progress -> progress.control().serving() == Mode.PINNED);
    stream.produce(450, stream.size());
    trainer.trainUntil(stream.size() - BATCH_SIZE);
    long rolledBack = stream.manifest(settings).championVersion();
    send(stream, settings, command("forth").setPromote(Promote.getDefaultInstance()));
    trainer.turnUntil(progress -> progress.control().serving() == Mode.FOLLOWING);
    trainer.stop();

    // Then
    assertThat(rolledBack).isPositive();
    assertThat(stream.events(settings))
        .filteredOn(TrainingEvent::hasRolledBack)
        .extracting(event -> event.getRolledBack().getChampion())
        .containsExactly(rolledBack);
    assertThat(stream.events(settings))
        .filteredOn(TrainingEvent::hasPromoted)
        .extracting(event -> event.getPromoted().getPredecessor())
        .containsExactly(0L, rolledBack);
    assertThat(stream.manifest(settings).championVersion()).isGreaterThan(rolledBack);
  }

  /** Trains to the end. A pause command makes it train the last records, too few for a batch. */
  private static void finish(RunningTrainer trainer, TestStream stream, TrainerSettings settings) {
    trainer.trainUntil(stream.size() - BATCH_SIZE);
    trainer.turnUntil(progress -> progress.lag() == 0);
    send(stream, settings, command("last").setPause(Pause.getDefaultInstance()));
    trainer.turnUntil(progress -> progress.control().paused());
    trainer.stop();
  }

  private static Command.Builder command(String id) {
    return Command.newBuilder().setId(id);
  }

  private static void send(TestStream stream, TrainerSettings settings, Command.Builder command) {
    try (CommandSender sender = stream.sender(settings)) {
      sender.send(command.setModel(settings.model()).build());
    }
  }

  private static TestStream streamWith(String name, int records, int produced) throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), name, records);
    stream.createTopic();
    stream.produce(0, produced);
    return stream;
  }
}
