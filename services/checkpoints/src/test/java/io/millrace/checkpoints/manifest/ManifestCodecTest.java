package io.millrace.checkpoints.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.Samples;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestCodecTest {
  private static final Lineage LINEAGE = new Lineage("a", 3, "topic");
  private static final StoredPart PART = new StoredPart(0, 1, 10, Samples.SHA_256, 5);
  private static final Summary SUMMARY = Samples.summary(1);
  private static final StoredCheckpoint FIRST = stored(1, PART, SUMMARY);
  private static final StoredCheckpoint SECOND = stored(2, PART, SUMMARY);

  @Test
  void decode_whatWasEncoded_isTheSame() {
    Manifest manifest = new Manifest("m", List.of(FIRST, SECOND), 2, 1, 1, LINEAGE);
    StoredCheckpoint toServe = new StoredCheckpoint(3, PART, null, SUMMARY);

    assertRead(manifest);
    assertRead(Manifest.empty("m"));
    assertRead(new Manifest("m", List.of(toServe), 0, 3, 0, LINEAGE));
  }

  @Test
  void decode_largestThatIsCountedOn_isRead() {
    long most = Long.MAX_VALUE / 2;
    StoredPart large =
        new StoredPart(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Samples.SHA_256,
            Long.MAX_VALUE);

    assertRead(
        new Manifest(
            "m", List.of(stored(most, large, SUMMARY)), most, 0, 0, new Lineage("a", most, "")));
  }

  @Test
  void decode_versionsThatCannotBe_areRefused() {
    assertRefused(List.of(SECOND, FIRST), 2, 2, 0, "has version 1 behind version 2");
    assertRefused(List.of(FIRST, FIRST), 1, 1, 0, "has version 1 behind version 1");
    assertRefused(
        List.of(stored(0, PART, SUMMARY)), 0, 0, 0, "the manifest has version 0 behind version 0");
    assertRefused(List.of(FIRST), 0, 1, 0, "latest is no version, but it has one");
    assertRefused(List.of(FIRST), 3, 1, 0, "latest is version 3, which it does not have");
    assertRefused(List.of(FIRST), 1, 3, 0, "champion is version 3, which it does not have");
    assertRefused(List.of(FIRST), 1, 1, 3, "predecessor is version 3, which it does not have");
  }

  @Test
  void decode_numbersOutOfRange_areRefusedByName() {
    long most = Long.MAX_VALUE / 2;

    assertRefused(new Manifest("m", List.of(), 0, 0, 0, new Lineage("a", -1, "")), "term is -1");
    assertRefused(
        new Manifest("m", List.of(), 0, 0, 0, new Lineage("a", most + 1, "")),
        "term is " + (most + 1));
    assertRefused(stored(most + 1, PART, SUMMARY), "sequence is " + (most + 1));
    assertRefused(part(-1, 1, 10, 5), "slot is -1; allowed: 0 to 2147483647");
    assertRefused(part(0, -1, 10, 5), "chunk_count is -1");
    assertRefused(part(0, 1, -1, 5), "size_bytes is -1");
    assertRefused(part(0, 1, 1L << 31, 5), "size_bytes is 2147483648");
    assertRefused(part(0, 1, 10, -1), "first_chunk_offset is -1");
    assertRefused(at(Map.of(-1, 0L)), "partition is -1");
    assertRefused(at(Map.of(0, -1L)), "next_offsets is -1");
  }

  @Test
  void decode_lastMillisecond_isRead() {
    Summary latest = summary(Instant.ofEpochMilli(Long.MAX_VALUE), SUMMARY.position());

    assertRead(new Manifest("m", List.of(stored(1, PART, latest)), 1, 0, 0, LINEAGE));
  }

  @Test
  void decode_rivals_areTheSame() {
    StoredRival trained = new StoredRival("fast", 0.75, 0.5, "batch_size 1");
    StoredRival unknown = new StoredRival("default", 0.25, Double.NaN, "");

    Manifest manifest = withRivals(trained, unknown);

    assertRead(manifest);
    assertThat(manifest.checkpoints().get(0).summary().shares())
        .containsExactly(Map.entry("fast", 0.75), Map.entry("default", 0.25));
    assertThat(ManifestCodec.encode(withRivals()))
        .isEqualTo(ManifestCodec.encode(new Manifest("m", List.of(FIRST), 1, 0, 0, LINEAGE)));
  }

  @Test
  void decode_whatMostRejectedRecordsHaveInCommon_isTheSame() {
    StoredRejection rejection =
        new StoredRejection("NOT_A_NUMBER", "label", "a number is needed in field 'label'", 300);
    Summary rejected =
        new Summary(
            SUMMARY.createdAt(),
            SUMMARY.position(),
            SUMMARY.counts(),
            SUMMARY.phase(),
            SUMMARY.learningRate(),
            SUMMARY.metrics(),
            SUMMARY.provenance(),
            SUMMARY.parametersSha256(),
            Optional.of(rejection),
            List.of());

    assertRead(new Manifest("m", List.of(stored(1, PART, rejected)), 1, 0, 0, LINEAGE));
  }

  private static Manifest withRivals(StoredRival... rivals) {
    Summary summary =
        new Summary(
            SUMMARY.createdAt(),
            SUMMARY.position(),
            SUMMARY.counts(),
            SUMMARY.phase(),
            SUMMARY.learningRate(),
            SUMMARY.metrics(),
            SUMMARY.provenance(),
            SUMMARY.parametersSha256(),
            SUMMARY.mostRejected(),
            List.of(rivals));
    return new Manifest("m", List.of(stored(1, PART, summary)), 1, 0, 0, LINEAGE);
  }

  private static void assertRead(Manifest manifest) {
    assertThat(ManifestCodec.decode(ManifestCodec.encode(manifest))).isEqualTo(manifest);
  }

  private static void assertRefused(
      List<StoredCheckpoint> stored, long latest, long champion, long predecessor, String reason) {
    assertRefused(new Manifest("m", stored, latest, champion, predecessor, LINEAGE), reason);
  }

  private static void assertRefused(StoredCheckpoint stored, String reason) {
    assertRefused(
        new Manifest("m", List.of(stored), stored.version(), 0, 0, LINEAGE), "'s " + reason);
  }

  private static void assertRefused(Manifest manifest, String reason) {
    byte[] bytes = ManifestCodec.encode(manifest);
    assertThatThrownBy(() -> ManifestCodec.decode(bytes))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessageContaining(reason);
  }

  private static StoredCheckpoint part(int slot, int chunks, long bytes, long offset) {
    return stored(1, new StoredPart(slot, chunks, bytes, Samples.SHA_256, offset), SUMMARY);
  }

  private static StoredCheckpoint at(Map<Integer, Long> nextOffsets) {
    return stored(
        1, PART, summary(SUMMARY.createdAt(), new StreamPosition("letters", nextOffsets)));
  }

  private static Summary summary(Instant createdAt, StreamPosition position) {
    return new Summary(
        createdAt,
        position,
        SUMMARY.counts(),
        SUMMARY.phase(),
        SUMMARY.learningRate(),
        SUMMARY.metrics(),
        SUMMARY.provenance(),
        SUMMARY.parametersSha256(),
        SUMMARY.mostRejected(),
        List.of());
  }

  private static StoredCheckpoint stored(long sequence, StoredPart part, Summary summary) {
    return new StoredCheckpoint(sequence, part, part, summary);
  }
}
