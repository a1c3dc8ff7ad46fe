package io.millrace.trainer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HoldoutTest {

  @Test
  void hash_neverChanges_soThatAnUpgradeSplitsAlike() {
    assertThat(Holdout.OFFSET.hash(record(0, 0, null))).isEqualTo(0x48218226ff3cd4bfL);
    assertThat(Holdout.OFFSET.hash(record(3, 12345, null))).isEqualTo(0x27537f844fc912c1L);
    assertThat(Holdout.KEY.hash(record(0, 0, "row-17"))).isEqualTo(0x169e8867339afd06L);
  }

  @Test
  void hash_byOffset_dependsOnPartitionAndOffsetAlone() {
    assertThat(Holdout.OFFSET.hash(record(1, 5, "a")))
        .isEqualTo(Holdout.OFFSET.hash(record(1, 5, "b")))
        .isNotEqualTo(Holdout.OFFSET.hash(record(1, 6, "a")))
        .isNotEqualTo(Holdout.OFFSET.hash(record(2, 5, "a")));
  }

  @Test
  void hash_byKey_dependsOnTheKeyAlone() {
    assertThat(Holdout.KEY.hash(record(1, 5, "a")))
        .isEqualTo(Holdout.KEY.hash(record(2, 9, "a")))
        .isNotEqualTo(Holdout.KEY.hash(record(1, 5, "b")));
  }

  @Test
  void hash_byKeyWithoutKey_goesByOffset() {
    assertThat(Holdout.KEY.hash(record(1, 5, null)))
        .isEqualTo(Holdout.OFFSET.hash(record(1, 5, null)));
    assertThat(Holdout.KEY.hash(record(1, 5, "")))
        .isEqualTo(Holdout.OFFSET.hash(record(1, 5, null)));
  }

  @Test
  void hash_consecutiveOffsetsAndKeys_areSpreadEvenly() {
    assertThat(shareBelowTenth(Holdout.OFFSET)).isCloseTo(0.1, within(0.005));
    assertThat(shareBelowTenth(Holdout.KEY)).isCloseTo(0.1, within(0.005));
  }

  private static double shareBelowTenth(Holdout holdout) {
    return LongStream.range(0, 100_000)
            .map(i -> holdout.hash(record(0, i, "row-" + i)))
            .filter(hash -> (hash >>> 11) * 0x1.0p-53 < 0.1)
            .count()
        / 100_000.0;
  }

  private static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, @Nullable String key) {
    return new ConsumerRecord<>(
        "topic", partition, offset, key == null ? null : key.getBytes(UTF_8), new byte[0]);
  }
}
