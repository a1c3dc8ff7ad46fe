package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Lineage;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestCodec;
import io.millrace.checkpoints.manifest.ManifestFollower;
import io.millrace.checkpoints.manifest.ModelDiscovery;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.checkpoints.parts.ChunkHeaders;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What anybody may do to the checkpoint topics: write to them, delete them, and limit them. */
class HostileTopicsTest {
  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();

  private final List<String> refused = new ArrayList<>();
  private TestKafka kafka;

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    kafka = new TestKafka(broker, test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void open_garbageInTheManifestsPlace_isPassedOverAndTheNewestGoodOneCounts() throws Exception {
    // Given
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
    }
    putGarbage();

    // When
    try (CheckpointWriter writer = kafka.writer(this::note)) {

      // Then
      assertThat(writer.resumePoint().orElseThrow().version()).isEqualTo(1);
      assertThat(writer.write(Samples.snapshot(2), List.of())).isEqualTo(2);
    }
    assertThat(refused)
        .anyMatch(reason -> reason.contains("cut short or altered"))
        .anyMatch(reason -> reason.contains("deleted by a tombstone"))
        .anyMatch(reason -> reason.contains("format version 0"))
        .anyMatch(reason -> reason.contains("is of the model other"))
        .anyMatch(reason -> reason.contains("chunk_count is -1; allowed: 0 to 2147483647"));
  }

  @Test
  void poll_garbageBehindAGoodManifest_isPassedOver() throws Exception {
    // Given
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
      kafka.settle();
      putGarbage();
    }

    // When
    Optional<Manifest> found = Optional.empty();
    try (ManifestFollower follower = kafka.follower(this::note)) {
      while (refused.size() < 5) {
        Optional<Manifest> news = follower.poll(Duration.ofSeconds(1));
        found = news.isPresent() ? news : found;
      }
    }

    // Then
    assertThat(found.orElseThrow().latestVersion()).isEqualTo(1);
  }

  @Test
  void open_nothingButGarbage_saysSoAndResetBeginsAnew() throws Exception {
    // Given
    kafka.putManifest("garbage".getBytes(UTF_8));

    // When
    assertThatThrownBy(kafka::writer)
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessageContaining(
            "holds nothing under the key %s that can be read".formatted(kafka.model));
    reset();

    // Then
    try (CheckpointWriter writer = kafka.writer()) {
      assertThat(writer.resumePoint()).isEmpty();
      assertThat(writer.write(Samples.snapshot(1), List.of())).isEqualTo(1);
    }
  }

  @Test
  void reset_whileAWriterRuns_fencesItAndBeginsAnotherLine() {
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
      String line = writer.manifest().lineage().line();

      // When
      reset();

      // Then
      assertThatThrownBy(() -> writer.write(Samples.snapshot(2), List.of()))
          .isInstanceOf(WriterFencedException.class);
      try (CheckpointWriter next = kafka.writer()) {
        assertThat(next.manifest().checkpoints()).isEmpty();
        assertThat(next.manifest().lineage().line()).isNotEqualTo(line).isNotEmpty();
      }
    }
  }

  @Test
  void resumePoint_newestAltered_isTheOneBefore() throws Exception {
    // Given
    Manifest manifest;
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
      writer.write(Samples.snapshot(2), List.of());
      manifest = writer.manifest();
      StoredCheckpoint second = manifest.latest().orElseThrow();
      StoredCheckpoint newest =
          new StoredCheckpoint(2, altered(second.weights()), second.state(), second.summary());
      manifest =
          new Manifest(
              kafka.model,
              List.of(manifest.version(1).orElseThrow(), newest),
              2,
              2,
              0,
              manifest.lineage());
    }
    kafka.putManifest(ManifestCodec.encode(manifest));

    // When
    try (CheckpointWriter writer = kafka.writer(this::note)) {

      // Then
      assertThat(writer.resumePoint().orElseThrow().version()).isEqualTo(1);
      assertThat(writer.nextVersion()).isEqualTo(3);
    }
    assertThat(refused).anyMatch(reason -> reason.contains("version 2 was altered"));
  }

  @Test
  void decode_saysWhatNoManifestCanSay_isRefused() {
    // Given
    Manifest good;
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
      writer.write(Samples.snapshot(2), List.of());
      good = writer.manifest();
    }
    List<StoredCheckpoint> stored = good.checkpoints();
    Lineage endless = new Lineage(good.lineage().line(), Long.MAX_VALUE, "");

    // Then
    assertThat(ManifestCodec.decode(ManifestCodec.encode(good))).isEqualTo(good);
    assertRefused(stored, 3, 2, good.lineage(), "latest is version 3, which it does not have");
    assertRefused(stored, 2, -1, good.lineage(), "champion is version -1, which it does not have");
    assertRefused(stored, 0, 2, good.lineage(), "latest is no version, but it has one");
    assertRefused(stored, 2, 2, endless, "term is 9223372036854775807; allowed: 0 to");
    List<StoredCheckpoint> turned = List.of(stored.get(1), stored.get(0));
    assertRefused(turned, 2, 2, good.lineage(), "has version 1 behind version 2");
  }

  private void assertRefused(
      List<StoredCheckpoint> stored, long latest, long champion, Lineage lineage, String reason) {
    Manifest manifest = new Manifest(kafka.model, stored, latest, champion, 0, lineage);
    assertThatThrownBy(() -> ManifestCodec.decode(ManifestCodec.encode(manifest)))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void has_headerWithoutValue_isNoChunk() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("sequence", null);

    assertThat(ChunkHeaders.has(headers, 1)).isFalse();
  }

  @Test
  void write_topicTakesSmallRecordsOnly_chunksAreAsSmall() throws Exception {
    // Given
    TestKafka small = TestKafka.withoutTopics(broker, "small");
    small.create(small.topics.chunks(), Map.of("max.message.bytes", "1000"));
    Snapshot snapshot = Samples.snapshot(1, 5_000);

    // When
    try (CheckpointWriter writer = small.writer();
        CheckpointReader reader = small.reader()) {
      writer.write(snapshot, List.of());

      // Then
      assertThat(writer.manifest().latest().orElseThrow().weights().chunkCount()).isGreaterThan(20);
      small.settle(small.topics.chunks(), small.topics.manifest());
      assertThat(reader.latest().orElseThrow().summary()).isEqualTo(snapshot.summary());
    }
  }

  @Test
  void open_topicTakesNextToNothing_saysWhatIsAllowed() throws Exception {
    // Given
    TestKafka tiny = TestKafka.withoutTopics(broker, "tiny");
    tiny.create(tiny.topics.chunks(), Map.of("max.message.bytes", "300"));

    // When
    assertThatThrownBy(tiny::writer)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "checkpoints.topic: is tiny.checkpoints, and the max.message.bytes of"
                + " tiny.checkpoints is 300; allowed: at least 460");
  }

  @Test
  void open_manifestTopicTakesSmallRecordsOnly_saysWhatIsAllowed() throws Exception {
    // Given
    TestKafka tiny = TestKafka.withoutTopics(broker, "narrow");
    tiny.create(tiny.topics.manifest(), Map.of("max.message.bytes", "1000"));

    // When
    assertThatThrownBy(tiny::writer)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "max.message.bytes of narrow.checkpoints.manifest is 1000; allowed: at least 65536");
  }

  @Test
  void write_topicsDeleted_failsAndVersionsGoOnInTheSameLine() throws Exception {
    try (CheckpointWriter writer = kafka.writer()) {
      // Given
      writer.write(Samples.snapshot(1), List.of());
      writer.write(Samples.snapshot(2), List.of());
      String line = writer.manifest().lineage().line();
      kafka.delete(kafka.topics.chunks(), kafka.topics.manifest());

      // When
      assertThatThrownBy(() -> writer.write(Samples.snapshot(3), List.of()))
          .isInstanceOf(CheckpointWriteException.class)
          .hasMessageContaining("were deleted");
      boolean resumes = writer.takeOverAgain();
      long version = writer.write(Samples.snapshot(3), List.of(), new Champion(1, 1));

      // Then
      assertThat(resumes).isFalse();
      assertThat(version).isEqualTo(3);
      kafka.settle();
      try (CheckpointReader reader = kafka.reader()) {
        Manifest manifest = reader.manifest().orElseThrow();
        assertThat(manifest.lineage().line()).isEqualTo(line);
        assertThat(manifest.championVersion()).isEqualTo(3);
        assertThat(manifest.predecessorVersion()).isZero();
        assertThat(reader.champion().orElseThrow().summary()).isEqualTo(Samples.summary(3));
      }
    }
  }

  @Test
  void takeOverAgain_manifestTopicDeleted_writesWhatItKnew() throws Exception {
    try (CheckpointWriter writer = kafka.writer();
        CheckpointReader reader = kafka.reader()) {
      // Given
      writer.write(Samples.snapshot(1), List.of());
      kafka.delete(kafka.topics.manifest());

      // When
      boolean resumes = writer.takeOverAgain();
      kafka.settle();

      // Then
      assertThat(resumes).isTrue();
      assertThat(reader.latest().orElseThrow().version()).isEqualTo(1);
    }
  }

  @Test
  void open_chunksTopicCreatedAnew_saysThatCheckpointsWereDeleted() throws Exception {
    // Given
    try (CheckpointWriter writer = kafka.writer()) {
      writer.write(Samples.snapshot(1), List.of());
    }
    kafka.delete(kafka.topics.chunks());

    // When
    assertThatThrownBy(kafka::writer)
        .isInstanceOf(CheckpointMissingException.class)
        .hasMessageContaining(
            "were deleted: the topic %s was created anew".formatted(kafka.topics.chunks()));
  }

  @Test
  void poll_modelsWithoutAGoodManifest_areNone() throws Exception {
    // Given
    kafka.putManifest("garbage".getBytes(UTF_8));
    kafka.putManifest(ManifestCodec.encode(Manifest.empty(kafka.model)));
    try (ModelDiscovery discovery = new ModelDiscovery(kafka.properties(), kafka.topics)) {
      assertThat(discovery.poll(Duration.ofSeconds(1))).isEmpty();

      // When
      try (CheckpointWriter writer = kafka.writer()) {
        writer.write(Samples.snapshot(1), List.of());
      }
      List<String> found = new ArrayList<>();
      while (found.isEmpty()) {
        found.addAll(discovery.poll(Duration.ofSeconds(1)));
      }

      // Then
      assertThat(found).containsExactly(kafka.model);
    }
  }

  private void putGarbage() throws Exception {
    kafka.putManifest("garbage".getBytes(UTF_8));
    kafka.putManifest(null);
    kafka.putManifest(new byte[0]);
    kafka.putManifest(ManifestCodec.encode(Manifest.empty("other")));
    StoredPart negative = new StoredPart(0, -1, 10, Samples.SHA_256, 0);
    StoredCheckpoint stored = new StoredCheckpoint(9, negative, negative, Samples.summary(1));
    kafka.putManifest(
        ManifestCodec.encode(
            Manifest.empty(kafka.model).with(stored, 3, Set.of(), new Champion(9, 0))));
  }

  private void reset() {
    CheckpointWriter.reset(
        kafka.properties(),
        kafka.properties(),
        new CheckpointSettings(kafka.topics.chunks(), Duration.ofSeconds(1), 3),
        kafka.model);
  }

  private void note(String topic, long offset, CheckpointException reason) {
    refused.add(reason.getMessage());
  }

  private static StoredPart altered(StoredPart part) {
    return new StoredPart(
        part.slot(), part.chunkCount(), part.sizeBytes(), Samples.SHA_256, part.firstChunkOffset());
  }
}
