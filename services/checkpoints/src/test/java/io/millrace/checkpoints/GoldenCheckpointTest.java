package io.millrace.checkpoints;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Lineage;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestCodec;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.checkpoints.parts.ChunkHeaders;
import io.millrace.checkpoints.parts.PartAssembly;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.PartKind;
import io.millrace.checkpoints.parts.Sha256;
import io.millrace.proto.checkpoints.v1.CheckpointMessages;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/**
 * The formats of topics in production: a manifest preceded by its length, and the single chunks of
 * the weights and the state that it lists. Every later version must read them. The first has no
 * lineage and no topic ids, the second has both.
 */
class GoldenCheckpointTest {
  private static final String FIRST = "/checkpoint-v1.bin";
  private static final String WITH_LINEAGE = "/checkpoint-v1-lineage.bin";
  private static final String MODEL = "letters";
  private static final String DEFINITION = "{\"network\":{\"layers\":[]}}";

  private static final Lineage LINEAGE =
      new Lineage("5a0f7c52-6a3e-4a0b-9a3c-0d6b8e2f4c11", 7, "Zx81fYgS9qqfBFAbcDeFgQ");

  private final Manifest manifest;
  private final StoredCheckpoint stored;
  private final byte[] weights;
  private final byte[] state;

  GoldenCheckpointTest() throws IOException {
    InputStream file = new ByteArrayInputStream(resource(FIRST));
    manifest =
        ManifestCodec.decode(CheckpointMessages.Manifest.parseDelimitedFrom(file).toByteArray());
    stored = manifest.latest().orElseThrow();
    weights = file.readNBytes((int) stored.weights().sizeBytes());
    state = file.readAllBytes();
  }

  @Test
  void read_goldenFile_isTheCheckpointOfThen() {
    // When
    PartContent readWeights = read(PartKind.WEIGHTS, stored.weights(), weights);
    PartContent readState = read(PartKind.STATE, requireNonNull(stored.state()), state);

    // Then
    assertThat(readWeights.definition()).isEqualTo(DEFINITION);
    assertThat(Samples.encoded(readWeights)).isEqualTo(Samples.encoded(content(DEFINITION)));
    assertThat(Samples.encoded(readState)).isEqualTo(Samples.encoded(content("")));
    assertThat(stored.summary()).isEqualTo(Samples.summary(5));
    assertThat(manifest.championVersion()).isEqualTo(9);
    assertThat(manifest.lineage()).isEqualTo(Lineage.NONE);
  }

  @Test
  void read_goldenFileWithLineage_hasItAndIdsOfTopics() throws IOException {
    InputStream file = new ByteArrayInputStream(resource(WITH_LINEAGE));

    Manifest read =
        ManifestCodec.decode(CheckpointMessages.Manifest.parseDelimitedFrom(file).toByteArray());

    assertThat(read.lineage()).isEqualTo(LINEAGE);
    StreamPosition position = read.latest().orElseThrow().summary().position();
    assertThat(position.topicId()).isEqualTo("K4QZ0fYgS9qqfBFAbcDeFg");
    assertThat(position.nextOffsets()).isEqualTo(Samples.summary(5).position().nextOffsets());
  }

  @Test
  void write_theCheckpointWithLineage_isTheGoldenFile() throws IOException {
    assertThat(written(LINEAGE, withTopicId(Samples.summary(5)))).isEqualTo(resource(WITH_LINEAGE));
  }

  @Test
  void write_theCheckpointOfThen_isTheGoldenFile() throws IOException {
    assertThat(written(Lineage.NONE, Samples.summary(5))).isEqualTo(resource(FIRST));
  }

  @Test
  void read_truncatedAnywhere_isRefused() {
    for (int length = 0; length < weights.length; length++) {
      byte[] truncated = Arrays.copyOf(weights, length);
      assertThatThrownBy(() -> read(PartKind.WEIGHTS, stored.weights(), truncated))
          .isInstanceOf(CheckpointFormatException.class)
          .hasMessageStartingWith("the weights part of letters version 9 was altered");
    }
  }

  @Test
  void read_anyBitFlipped_isRefused() {
    for (int bit = 0; bit < weights.length * 8; bit++) {
      byte[] flipped = weights.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> read(PartKind.WEIGHTS, stored.weights(), flipped))
          .isInstanceOf(CheckpointFormatException.class)
          .hasMessageStartingWith("the weights part of letters version 9 was altered");
    }
  }

  @Test
  void read_longerThanItsManifestSays_isRefused() {
    byte[] longer = Arrays.copyOf(weights, weights.length + 1);

    assertThatThrownBy(() -> read(PartKind.WEIGHTS, stored.weights(), longer))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessage("the weights part of letters version 9 is larger than its manifest says");
  }

  @Test
  void read_futurePart_isRefusedByItsVersion() throws IOException {
    byte[] future = Part.parseFrom(weights).toBuilder().setFormatVersion(2).build().toByteArray();
    StoredPart futurePart = new StoredPart(0, 1, future.length, Sha256.of(future), 0);

    assertThatThrownBy(() -> read(PartKind.WEIGHTS, futurePart, future))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessage(
            "the weights part of letters version 9 has format version 2; this Millrace reads"
                + " version 1");
  }

  @Test
  void decode_futureManifest_isRefusedByItsVersion() throws IOException {
    byte[] future =
        CheckpointMessages.Manifest.parseFrom(ManifestCodec.encode(manifest)).toBuilder()
            .setFormatVersion(2)
            .build()
            .toByteArray();

    assertThatThrownBy(() -> ManifestCodec.decode(future))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessage("the manifest has format version 2; this Millrace reads version 1");
  }

  @Test
  void decode_truncatedManifest_isRefused() {
    byte[] bytes = ManifestCodec.encode(manifest);

    assertThatThrownBy(() -> ManifestCodec.decode(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith("the manifest is cut short or altered");
  }

  private static Summary withTopicId(Summary summary) {
    StreamPosition position = summary.position();
    return new Summary(
        summary.createdAt(),
        new StreamPosition(position.topic(), "K4QZ0fYgS9qqfBFAbcDeFg", position.nextOffsets()),
        summary.counts(),
        summary.phase(),
        summary.learningRate(),
        summary.metrics(),
        summary.provenance(),
        summary.parametersSha256(),
        summary.mostRejected(),
        List.of());
  }

  /** The code that created the golden files. */
  private static byte[] written(Lineage lineage, Summary summary) throws IOException {
    byte[] weights = Samples.encoded(content(DEFINITION));
    byte[] state = Samples.encoded(content(""));
    StoredCheckpoint stored =
        new StoredCheckpoint(
            9,
            new StoredPart(3, 1, weights.length, Sha256.of(weights), 100),
            new StoredPart(3, 1, state.length, Sha256.of(state), 101),
            summary);
    Manifest manifest =
        Manifest.empty(MODEL)
            .of(lineage)
            .with(stored, 3, Set.of(), new Champion(stored.version(), 0));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CheckpointMessages.Manifest.parseFrom(ManifestCodec.encode(manifest)).writeDelimitedTo(file);
    file.write(weights);
    file.write(state);
    return file.toByteArray();
  }

  private static PartContent content(String definition) {
    return new PartContent(definition, Samples.everyType());
  }

  private static PartContent read(PartKind kind, StoredPart stored, byte[] chunk) {
    PartAssembly assembly = new PartAssembly(MODEL, kind, 9, stored);
    assembly.offer(
        new ConsumerRecord<>(
            "chunks",
            0,
            stored.firstChunkOffset(),
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            ConsumerRecord.NULL_SIZE,
            chunk.length,
            kind.key(MODEL, stored.slot(), 0),
            chunk,
            ChunkHeaders.of(9),
            Optional.empty()));
    assertThat(assembly.isComplete()).isTrue();
    return assembly.content();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = requireNonNull(GoldenCheckpointTest.class.getResourceAsStream(name))) {
      return file.readAllBytes();
    }
  }
}
