package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.quickstart.EmbeddedBroker;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class CheckpointsOnKafkaTest {
  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();
  private TestKafka kafka;

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    kafka = new TestKafka(broker, test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void resumePoint_nothingWritten_isEmpty() {
    try (CheckpointWriter writer = kafka.writer();
        CheckpointReader reader = kafka.reader()) {
      assertThat(writer.resumePoint()).isEmpty();
      assertThat(reader.manifest()).isEmpty();
      assertThat(reader.latest()).isEmpty();
    }
  }

  @Test
  void latest_afterWrite_isWhatWasWritten() {
    // Given
    Snapshot snapshot =
        new Snapshot(
            "{\"layers\":[]}", Samples.everyType(), Samples.everyType(), Samples.summary(9));

    // When
    try (CheckpointWriter writer = kafka.writer();
        CheckpointReader reader = kafka.reader()) {
      long version = writer.write(snapshot, List.of());
      kafka.settle();

      // Then
      Checkpoint read = reader.latest().orElseThrow();
      assertThat(read.version()).isEqualTo(version).isEqualTo(1);
      assertThat(read.model()).isEqualTo(kafka.model);
      assertSame(read, snapshot);
      assertThat(reader.champion().orElseThrow().state()).isNull();
      assertThat(reader.manifest()).contains(writer.manifest());
    }
  }

  @Test
  void resumePoint_anotherWriterBefore_isItsNewestAndTheVersionsGoOn() {
    // Given
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
      writer.write(Samples.snapshot(2), List.of());
    }

    // When
    try (CheckpointWriter writer = kafka.writer()) {
      Checkpoint resumed = writer.resumePoint().orElseThrow();

      // Then
      assertSame(resumed, Samples.snapshot(2));
      assertThat(writer.write(Samples.snapshot(3), List.of())).isEqualTo(3);
    }
  }

  @Test
  void write_largeParts_goInManyChunksAndComeBack() {
    // Given
    Snapshot snapshot = Samples.snapshot(1, 5_000_000);

    // When
    try (CheckpointWriter writer = kafka.writer();
        CheckpointReader reader = kafka.reader()) {
      writer.write(snapshot, List.of());
      kafka.settle();

      // Then
      StoredPart stored = writer.manifest().latest().orElseThrow().weights();
      assertThat(stored.sizeBytes()).isBetween(20_000_000L, 20_000_100L);
      assertThat(stored.chunkCount()).isEqualTo(39);
      assertSame(reader.latest().orElseThrow(), snapshot);
    }
  }

  @Test
  void write_partShrinks_leavesNoChunksOfTheLargerBehind() {
    // Given
    try (CheckpointWriter writer = kafka.writer(1);
        CheckpointReader reader = kafka.reader()) {
      writer.write(Samples.snapshot(1, 300_000), List.of());
      assertThat(writer.manifest().latest().orElseThrow().weights().chunkCount()).isEqualTo(3);

      // When
      writer.write(Samples.snapshot(2), List.of());
      writer.write(Samples.snapshot(3), List.of());
      kafka.settle();

      // Then
      assertThat(writer.manifest().latest().orElseThrow().weights().slot()).isZero();
      assertSame(reader.latest().orElseThrow(), Samples.snapshot(3));
      assertThat(kafka.contentOfCompacted(kafka.topics.chunks()).keySet())
          .containsExactlyInAnyOrder(kafka.model + "/weights/0/0", kafka.model + "/state/0/0");
    }
  }

  @Test
  void write_withDeadLetters_makesThemVisibleTogether() {
    // Given
    List<ProducerRecord<byte[], byte[]>> letters = List.of(deadLetter("a"), deadLetter("b"));

    // When
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), letters);
    }

    // Then
    assertThat(kafka.committed(kafka.deadLetters()))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("a", "b");
  }

  @Test
  void write_deadLettersWithoutState_isRefused() {
    try (CheckpointWriter writer = kafka.writer()) {
      assertThatThrownBy(() -> writer.write(Samples.withoutState(1), List.of(deadLetter("a"))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void write_withoutState_servesTheNewAndResumesFromTheOld() {
    try (CheckpointWriter writer = kafka.writer(1);
        CheckpointReader reader = kafka.reader()) {
      // Given
      writer.write(Samples.snapshot(1), List.of());

      // When
      writer.write(Samples.withoutState(2), List.of());
      writer.write(Samples.withoutState(3), List.of());
      kafka.settle();

      // Then
      assertThat(reader.latest().orElseThrow().version()).isEqualTo(1);
      assertThat(reader.champion().orElseThrow().version()).isEqualTo(3);
      assertThat(reader.version(2)).isEmpty();
    }
  }

  @Test
  void promote_challenger_movesTheChampionAlone() {
    try (CheckpointWriter writer = kafka.writer(1);
        CheckpointReader reader = kafka.reader()) {
      // Given
      writer.write(Samples.snapshot(1), List.of());
      writer.write(Samples.snapshot(2), List.of(), new Champion(1, 0));
      writer.write(Samples.snapshot(3), List.of(), new Champion(1, 0));
      kafka.settle();
      assertThat(reader.champion().orElseThrow().version()).isEqualTo(1);

      // When
      writer.promote(3);
      kafka.settle();

      // Then
      assertThat(reader.champion().orElseThrow().version()).isEqualTo(3);
      assertThat(reader.latest().orElseThrow().version()).isEqualTo(3);
      assertThat(reader.manifest()).contains(writer.manifest());
      assertThatThrownBy(() -> writer.promote(2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("version 2 of %s is not stored".formatted(kafka.model));
    }
  }

  @Test
  void version_retained_isReadableAndOlderOnesAreGone() {
    try (CheckpointWriter writer = kafka.writer(3);
        CheckpointReader reader = kafka.reader()) {
      // When
      for (int trained = 1; trained <= 9; trained++) {
        writer.write(Samples.snapshot(trained), List.of());
      }
      kafka.settle();

      // Then
      assertThat(reader.version(6)).isEmpty();
      for (int trained = 7; trained <= 9; trained++) {
        assertSame(reader.version(trained).orElseThrow(), Samples.snapshot(trained));
      }
    }
  }

  @Test
  void manifest_twoModelsOnOneTopic_areApart() {
    // Given
    TestKafka other = kafka.forModel("other");
    try (CheckpointWriter writer = kafka.writer();
        CheckpointWriter otherWriter = other.writer();
        CheckpointReader otherReader = other.reader()) {

      // When
      writer.write(Samples.snapshot(1), List.of());
      otherWriter.write(Samples.snapshot(2), List.of());
      writer.write(Samples.snapshot(3), List.of());
      kafka.settle();

      // Then
      assertSame(otherReader.latest().orElseThrow(), Samples.snapshot(2));
      assertThat(otherWriter.manifest().latestVersion()).isEqualTo(1);
    }
  }

  private ProducerRecord<byte[], byte[]> deadLetter(String text) {
    return new ProducerRecord<>(kafka.deadLetters(), text.getBytes(UTF_8));
  }

  private static void assertSame(Checkpoint read, Snapshot written) {
    assertThat(read.summary()).isEqualTo(written.summary());
    assertThat(Samples.encoded(new PartContent(read.definition(), read.weights()), 1 << 20))
        .isEqualTo(
            Samples.encoded(new PartContent(written.definition(), written.weights()), 1 << 20));
    assertThat(Samples.encoded(new PartContent("", requireNonNull(read.state())), 1 << 20))
        .isEqualTo(Samples.encoded(new PartContent("", requireNonNull(written.state())), 1 << 20));
  }
}
