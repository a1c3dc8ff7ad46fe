package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.checkpoints.kafka.Clients;
import io.millrace.checkpoints.kafka.Transactions;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestCodec;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.quickstart.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Of several writers of a model, only the one that was opened last can commit. */
class FencingTest {
  @AutoClose
  private static final EmbeddedBroker broker =
      EmbeddedBroker.started(
          Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "100"));

  private TestKafka kafka;

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    kafka = new TestKafka(broker, test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void write_anotherWriterOpenedMeanwhile_isFencedAndLeavesNothing() {
    try (CheckpointWriter zombie = kafka.writer()) {
      // Given
      zombie.write(Samples.snapshot(1), List.of());
      try (CheckpointWriter successor = kafka.writer()) {

        // When
        assertThatThrownBy(() -> zombie.write(Samples.snapshot(2), List.of(deadLetter())))
            .isInstanceOf(WriterFencedException.class)
            .hasMessageContaining("another trainer of " + kafka.model + " took over");

        // Then
        assertThat(successor.resumePoint().orElseThrow().version()).isEqualTo(1);
        assertThat(successor.write(Samples.snapshot(3), List.of())).isEqualTo(2);
        assertThat(kafka.committed(kafka.deadLetters())).isEmpty();
        assertThat(terms()).containsExactly(1L, 2L, 2L);
      }
    }
  }

  @Test
  void takeOverAgain_anotherWriterOpenedMeanwhile_isFencedAndDoesNotDisturbIt() {
    try (CheckpointWriter sleeper = kafka.writer()) {
      // Given
      sleeper.write(Samples.snapshot(1), List.of());
      try (CheckpointWriter successor = kafka.writer()) {

        // When
        assertThatThrownBy(sleeper::takeOverAgain)
            .isInstanceOf(WriterFencedException.class)
            .hasMessageContaining("the manifest has term 2, this trainer had term 1");

        // Then
        assertThat(successor.write(Samples.snapshot(2), List.of())).isEqualTo(2);
      }
    }
  }

  @Test
  void takeOverAgain_nobodyElseCame_goesOnInALaterTerm() {
    try (CheckpointWriter sleeper = kafka.writer()) {
      // Given
      sleeper.write(Samples.snapshot(1), List.of());

      // When
      boolean resumes = sleeper.takeOverAgain();

      // Then
      assertThat(resumes).isTrue();
      assertThat(sleeper.write(Samples.snapshot(2), List.of())).isEqualTo(2);
      assertThat(terms()).containsExactly(1L, 2L, 2L);
    }
  }

  @Test
  void takeOverAgain_anotherWriterWroteTheFirstCheckpointMeanwhile_isFenced() {
    try (CheckpointWriter sleeper = kafka.writer()) {
      // Given
      writeByAnother();

      // When
      assertThatThrownBy(sleeper::takeOverAgain).isInstanceOf(WriterFencedException.class);
    }
  }

  @Test
  @Timeout(60)
  void requireOwnership_anotherWriterOpenedMeanwhile_isFencedWithoutWriting() {
    try (CheckpointWriter idle = kafka.writer()) {
      // Given
      idle.write(Samples.snapshot(1), List.of());
      idle.requireOwnership();

      // When
      kafka.writer().close();

      // Then
      assertThatThrownBy(() -> watch(idle)).isInstanceOf(WriterFencedException.class);
    }
  }

  @Test
  @Timeout(60)
  void requireOwnership_manyManifestsOfALineThatWasGivenUp_areNoNewsOfAnotherWriter()
      throws Exception {
    // Given
    kafka.putManifest(1000, manifestOfVersion(99).value());
    kafka.reset();
    try (CheckpointWriter writer = kafka.writer()) {
      long term = writer.manifest().lineage().term();

      // When
      kafka.writer().close();

      // Then
      assertThatThrownBy(() -> watch(writer))
          .isInstanceOf(WriterFencedException.class)
          .hasMessageContaining("has term %d, this trainer had term %d", term + 1, term);
    }
  }

  @Test
  void promote_anotherWriterOpenedMeanwhile_isFenced() {
    try (CheckpointWriter zombie = kafka.writer()) {
      zombie.write(Samples.snapshot(1), List.of());
      kafka.writer().close();

      assertThatThrownBy(() -> zombie.promote(1)).isInstanceOf(WriterFencedException.class);
    }
  }

  @Test
  void commit_anotherWriterOpenedInTheMiddle_isFencedAndLeavesNothing() {
    try (ManifestWriter zombie = kafka.manifestWriter()) {
      // Given
      zombie.takeOver();

      // When
      assertThatThrownBy(
              () ->
                  zombie.commit(
                      (sender, sends) -> {
                        sends.add(deadLetter());
                        sends.await();
                        writeByAnother();
                        sends.add(deadLetter());
                        return zombie.newest();
                      }))
          .isInstanceOf(WriterFencedException.class);

      // Then
      assertThat(kafka.committed(kafka.deadLetters())).isEmpty();
      try (CheckpointReader reader = kafka.reader()) {
        assertThat(reader.latest().orElseThrow().version()).isEqualTo(1);
      }
    }
  }

  @Test
  void resumePoint_halfWrittenTransactionOfADeadProcess_isTheCheckpointBefore() throws Exception {
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
      kafka.settle();
    }
    Producer<byte[], byte[]> dead = kafka.producer("millrace-" + kafka.model);
    try (CheckpointReader reader = kafka.reader()) {
      // Given
      dead.initTransactions();
      dead.beginTransaction();
      dead.send(deadLetter()).get();
      dead.send(manifestOfVersion(99)).get();
      assertThat(reader.latest().orElseThrow().version()).isEqualTo(1);

      // When
      try (CheckpointWriter writer = kafka.writer()) {

        // Then
        assertThat(writer.resumePoint().orElseThrow().version()).isEqualTo(1);
        assertThat(writer.write(Samples.snapshot(2), List.of())).isEqualTo(2);
        kafka.settle();
        assertThat(reader.latest().orElseThrow().version()).isEqualTo(2);
        assertThat(kafka.committed(kafka.deadLetters())).isEmpty();
      }
    } finally {
      dead.close(Duration.ZERO);
    }
  }

  @Test
  void resumePoint_anotherModelsTransactionHidesTheNewest_isTheNewestAllTheSame() throws Exception {
    Duration timeout = Duration.ofSeconds(2); // the broker then aborts it
    Producer<byte[], byte[]> other = Clients.producer(kafka.properties(), "other", timeout);
    try {
      try (CheckpointWriter writer = kafka.writer()) {
        // Given
        other.initTransactions();
        other.beginTransaction();
        other.send(manifestOf("other", 1)).get();
        writer.write(Samples.snapshot(1), List.of());
      }

      // When
      try (CheckpointWriter writer = kafka.writer()) {

        // Then
        assertThat(writer.resumePoint().orElseThrow().version()).isEqualTo(1);
      }
    } finally {
      other.close(Duration.ZERO);
    }
  }

  @Test
  void commit_bodyFails_leavesNothingAndEndsTransactions() {
    writeByAnother();
    try (ManifestWriter writer = kafka.manifestWriter();
        CheckpointReader reader = kafka.reader()) {
      // Given
      writer.takeOver();
      byte[] tooLarge = new byte[2 << 20];

      // When
      assertThatThrownBy(
              () ->
                  writer.commit(
                      (sender, sends) -> {
                        sends.add(deadLetter());
                        sends.add(deadLetter(tooLarge));
                        return writer.newest();
                      }))
          .isInstanceOf(CheckpointWriteException.class)
          .hasMessageStartingWith("a checkpoint of %s was not written: ".formatted(kafka.model));

      // Then
      assertThat(kafka.committed(kafka.deadLetters())).isEmpty();
      assertThat(reader.latest().orElseThrow().version()).isEqualTo(1);
      assertThatThrownBy(() -> writer.commit((sender, sends) -> writer.newest()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void commit_outlivesItsTransaction_failsWithoutBlamingAnotherWriter() {
    Duration timeout = Duration.ofMillis(500);
    try (Transactions slow = new Transactions(kafka.properties(), kafka.model, timeout)) {
      // Given
      slow.fence();

      // When
      assertThatThrownBy(
              () ->
                  slow.commit(
                      sends -> {
                        sends.add(deadLetter());
                        sends.await();
                        kafka.settle(); // until the broker has aborted it
                        sends.add(deadLetter());
                        return sends.count();
                      }))

          // Then
          .isInstanceOf(CheckpointWriteException.class)
          .hasMessageStartingWith("a checkpoint of %s was not written: ".formatted(kafka.model));
    }
    assertThat(kafka.committed(kafka.deadLetters())).isEmpty();
  }

  private static void watch(CheckpointWriter writer) {
    while (true) {
      writer.requireOwnership();
      Thread.onSpinWait();
    }
  }

  private List<Long> terms() {
    return kafka.committed(kafka.topics.manifest()).stream()
        .map(record -> ManifestCodec.decode(record.value()).lineage().term())
        .toList();
  }

  private void writeByAnother() {
    try (CheckpointWriter successor = kafka.writer()) {
      successor.write(Samples.snapshot(7), List.of());
    }
    kafka.settle(); // until others can read it
  }

  private ProducerRecord<byte[], byte[]> deadLetter() {
    return deadLetter("unreadable".getBytes(UTF_8));
  }

  private ProducerRecord<byte[], byte[]> deadLetter(byte[] value) {
    return new ProducerRecord<>(kafka.deadLetters(), value);
  }

  private ProducerRecord<byte[], byte[]> manifestOfVersion(long version) {
    return manifestOf(kafka.model, version);
  }

  private ProducerRecord<byte[], byte[]> manifestOf(String model, long version) {
    StoredPart part = new StoredPart(0, 1, 1, Samples.SHA_256, 0);
    StoredCheckpoint stored = new StoredCheckpoint(version, part, part, Samples.summary(version));
    byte[] manifest =
        ManifestCodec.encode(
            Manifest.empty(model).with(stored, 3, Set.of(), new Champion(stored.version(), 0)));
    return new ProducerRecord<>(kafka.topics.manifest(), model.getBytes(UTF_8), manifest);
  }
}
