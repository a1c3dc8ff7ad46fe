package io.millrace.checkpoints.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.Samples;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartAssemblyTest {
  private static final String MODEL = "letters";
  private static final long SEQUENCE = 7;
  private static final int CHUNK = 500_000;

  /** More than the megabyte that is taken at first, and no multiple of a chunk. */
  private final byte[] part = Samples.encoded(content(700_001));

  private final PartAssembly assembly = assembly(part.length, 6, Sha256.of(part));

  @Test
  void offer_chunksInTheirOrder_areThePart() {
    for (int index = 0; index < 6; index++) {
      assertThat(assembly.isComplete()).isFalse();
      assembly.offer(chunk(index));
    }

    assertThat(assembly.isComplete()).isTrue();
    assertThat(Samples.encoded(assembly.content())).isEqualTo(part);
  }

  @Test
  void offer_whatLiesBetween_isPassedOver() {
    byte[] strange = new byte[9];

    for (int index = 0; index < 6; index++) {
      assembly.offer(record(key(index), strange, ChunkHeaders.of(SEQUENCE + 1)));
      assembly.offer(record(key(index), strange, new RecordHeaders()));
      assembly.offer(record(key(index + 1), strange, ChunkHeaders.of(SEQUENCE)));
      assembly.offer(
          record(PartKind.STATE.key(MODEL, 3, index), strange, ChunkHeaders.of(SEQUENCE)));
      assembly.offer(
          record(PartKind.WEIGHTS.key(MODEL, 4, index), strange, ChunkHeaders.of(SEQUENCE)));
      assembly.offer(record(key(index), null, ChunkHeaders.of(SEQUENCE)));
      assembly.offer(chunk(index));
    }
    assembly.offer(record(key(6), strange, ChunkHeaders.of(SEQUENCE)));

    assertThat(Samples.encoded(assembly.content())).isEqualTo(part);
  }

  @Test
  void offer_moreThanTheManifestSays_isRefused() {
    PartAssembly smaller = assembly(CHUNK - 1, 2, Sha256.of(part));

    assertThatThrownBy(() -> smaller.offer(chunk(0)))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessage("the weights part of letters version 7 is larger than its manifest says");
  }

  @Test
  void content_ofAnotherHash_isRefused() {
    PartAssembly altered = assembly(part.length, 1, Samples.SHA_256);
    altered.offer(record(key(0), part, ChunkHeaders.of(SEQUENCE)));

    assertThatThrownBy(altered::content)
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessage(
            "the weights part of letters version 7 was altered: its SHA-256 is %s, its manifest"
                + " says %s",
            Sha256.of(part), Samples.SHA_256);
  }

  @Test
  void content_shorterThanTheManifestSays_isWhatCame() {
    byte[] small = Samples.encoded(content(5));
    PartAssembly longer = assembly(small.length + 10, 1, Sha256.of(small));
    longer.offer(record(key(0), small, ChunkHeaders.of(SEQUENCE)));

    assertThat(Samples.encoded(longer.content())).isEqualTo(small);
  }

  @Test
  void key_ofAChunk_namesModelPartSlotAndIndex() {
    assertThat(PartKind.STATE.key(MODEL, 3, 12)).isEqualTo("letters/state/3/12".getBytes(UTF_8));
  }

  @Test
  void has_header_isComparedWithTheSequence() {
    assertThat(ChunkHeaders.has(ChunkHeaders.of(7), 7)).isTrue();
    assertThat(ChunkHeaders.has(ChunkHeaders.of(7), 8)).isFalse();
    assertThat(ChunkHeaders.has(new RecordHeaders(), 7)).isFalse();
    assertThat(ChunkHeaders.has(new RecordHeaders().add("sequence", null), 7)).isFalse();
  }

  private static PartContent content(int floats) {
    float[] values = new float[floats];
    for (int i = 0; i < floats; i++) {
      values[i] = i;
    }
    State state = new State();
    state.put("values", values);
    return new PartContent("{}", state);
  }

  private static PartAssembly assembly(long bytes, int chunks, String sha256) {
    return new PartAssembly(
        MODEL, PartKind.WEIGHTS, SEQUENCE, new StoredPart(3, chunks, bytes, sha256, 0));
  }

  private ConsumerRecord<byte[], byte[]> chunk(int index) {
    int from = index * CHUNK;
    byte[] chunk = Arrays.copyOfRange(part, from, Math.min(part.length, from + CHUNK));
    return record(key(index), chunk, ChunkHeaders.of(SEQUENCE));
  }

  private static byte[] key(int index) {
    return PartKind.WEIGHTS.key(MODEL, 3, index);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      byte[] key, byte @Nullable [] value, Headers headers) {
    return new ConsumerRecord<>(
        "chunks",
        0,
        0,
        ConsumerRecord.NO_TIMESTAMP,
        TimestampType.NO_TIMESTAMP_TYPE,
        key.length,
        value == null ? 0 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
