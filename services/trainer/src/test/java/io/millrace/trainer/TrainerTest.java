package io.millrace.trainer;

import static io.millrace.trainer.TestStream.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.lifecycle.UnrecoverableException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The training thread's work against a real broker, driven by the test's thread. Closing a trainer
 * without stopping it simulates a crash.
 */
class TrainerTest {
  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void training_withCrashesAtRandomPlaces_equalsAnUninterruptedOneBitForBit() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "crashes", 3000);
    TrainerSettings uninterrupted = stream.settings(500);
    RunningTrainer whole = new RunningTrainer(uninterrupted);
    whole.trainUntil(stream.size());
    whole.stop();

    // When
    Random random = new Random(11);
    for (int crash = 0; crash < 8; crash++) {
      RunningTrainer crashing =
          new RunningTrainer(stream.settingsOfModel("crashed", 1 + random.nextInt(60)));
      crashing.turn(1 + random.nextInt(20));
      crashing.crash();
    }
    TrainerSettings last = stream.settingsOfModel("crashed", 77);
    RunningTrainer survivor = new RunningTrainer(last);
    survivor.trainUntil(stream.size());
    survivor.stop();

    // Then
    Summary expected = stream.newestCheckpoint(uninterrupted).orElseThrow();
    Summary actual = stream.newestCheckpoint(last).orElseThrow();
    assertThat(actual.parametersSha256()).isEqualTo(expected.parametersSha256());
    assertThat(actual.counts()).isEqualTo(expected.counts());
    assertThat(actual.metrics()).isEqualTo(expected.metrics());
    assertThat(actual.position().nextOffsets()).isEqualTo(expected.position().nextOffsets());
    assertThat(deadLetterOffsets(stream, last)).hasSize((int) stream.badRecords());
    assertThat(whatWasLearned(stream.events(last)))
        .containsExactlyElementsOf(whatWasLearned(stream.events(uninterrupted)));
  }

  @Test
  void training_recordsWithPoison_everyOneIsCountedOnceAndPoisonIsADeadLetter() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "counts", 1000);
    TrainerSettings settings = stream.settings(100);

    // When
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size());
    trainer.stop();

    // Then
    StoredCounts counts = stream.newestCheckpoint(settings).orElseThrow().counts();
    assertThat(counts.records()).isEqualTo(stream.size());
    assertThat(counts.rejected()).isEqualTo(stream.badRecords());
    assertThat(counts.validated()).isBetween(60L, 140L);
    ConsumerRecord<byte[], byte[]> letter = stream.deadLetters(settings).get(1);
    assertThat(letter.value()).isEqualTo("poison".getBytes(UTF_8));
    assertThat(header(letter, "reason")).isEqualTo("UNDECODABLE");
    assertThat(header(letter, "topic")).isEqualTo("counts");
    assertThat(header(letter, "partition")).isEqualTo("0");
    assertThat(header(letter, "offset")).isEqualTo("37");
    assertThat(header(letter, "message"))
        .isEqualTo("the record cannot be decoded, found: malformed JSON");
  }

  @Test
  void training_afterAnotherTrainerTookOver_endsAndLeavesNothingVisible() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "zombie", 600);
    TrainerSettings settings = stream.settings(20);
    RunningTrainer zombie = new RunningTrainer(settings);
    zombie.turnUntil(progress -> progress.version() > 0);

    // When
    RunningTrainer successor = new RunningTrainer(settings);
    successor.trainUntil(stream.size());

    // Then
    assertThatThrownBy(() -> zombie.turn(100))
        .isInstanceOf(UnrecoverableException.class)
        .hasMessageStartingWith("fenced: another trainer of zombie took over");
    zombie.crash();
    successor.stop();
    StoredCounts counts = stream.newestCheckpoint(settings).orElseThrow().counts();
    assertThat(counts.records()).isEqualTo(stream.size());
    assertThat(deadLetterOffsets(stream, settings)).hasSize((int) stream.badRecords());
  }

  @Test
  void onStop_inTheMiddleOfTheStream_publishesUpToTheEndOfTheMiniBatch() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "stop", 600);
    TrainerSettings settings = stream.settings(13);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(100);

    // When
    trainer.stop();

    // Then
    Summary stopped = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(stopped.counts().records())
        .isEqualTo(stopped.position().nextOffsets().get(0))
        .isBetween(100L, 599L);
    RunningTrainer next = new RunningTrainer(settings);
    next.trainUntil(stream.size());
    next.stop();
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(stream.size());
  }

  /** The offsets of the records that became dead letters; a double one fails. */
  private static Set<String> deadLetterOffsets(TestStream stream, TrainerSettings settings) {
    var letters = stream.deadLetters(settings);
    Set<String> offsets =
        letters.stream().map(letter -> header(letter, "offset")).collect(Collectors.toSet());
    assertThat(offsets).hasSameSizeAs(letters);
    return offsets;
  }

  /**
   * Returns the events without what may differ between two runs: number, time, model and
   * checkpoint. Decisions of the gate are left out, since it decides at checkpoints, which the two
   * models have at different places.
   */
  private static List<TrainingEvent> whatWasLearned(List<TrainingEvent> events) {
    return events.stream()
        .filter(event -> !event.hasPromoted() && !event.hasVetoed() && !event.hasRolledBack())
        .map(
            event ->
                event.toBuilder()
                    .clearNumber()
                    .clearTimeMillis()
                    .clearModel()
                    .clearSequence()
                    .build())
        .toList();
  }
}
