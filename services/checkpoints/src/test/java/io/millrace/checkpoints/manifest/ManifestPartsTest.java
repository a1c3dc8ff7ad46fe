package io.millrace.checkpoints.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a manifest is made of. */
class ManifestPartsTest {
  private static final Lineage LINE = new Lineage("a", 3, "topic");

  @Test
  void begun_twoLines_areOnTheirFirstTermAndDiffer() {
    Lineage begun = Lineage.begun("topic");

    assertThat(begun.term()).isOne();
    assertThat(begun.chunksTopicId()).isEqualTo("topic");
    assertThat(begun.line()).isNotEmpty().isNotEqualTo(Lineage.begun("topic").line());
  }

  @Test
  void next_line_isTheSameOneTermLater() {
    assertThat(LINE.next("other")).isEqualTo(new Lineage("a", 4, "other"));
  }

  @Test
  void follows_laterTermOrAnotherLine_cameAfter() {
    assertThat(LINE.next("topic").follows(LINE)).isTrue();
    assertThat(new Lineage("b", 1, "topic").follows(LINE)).isTrue();
    assertThat(LINE.follows(LINE)).isFalse();
    assertThat(LINE.follows(LINE.next("topic"))).isFalse();
  }

  @Test
  void isOfAnotherTopic_idsThatAreKnown_areCompared() {
    assertThat(LINE.isOfAnotherTopic("other")).isTrue();
    assertThat(LINE.isOfAnotherTopic("topic")).isFalse();
    assertThat(LINE.isOfAnotherTopic("")).isFalse();
    assertThat(Lineage.NONE.isOfAnotherTopic("topic")).isFalse();
  }

  @Test
  void position_inHumanForm_goesByPartitions() {
    assertThat(new StreamPosition("letters", Map.of(1, 1187L, 0, 1200L)))
        .hasToString("letters[0:1200 1:1187]")
        .extracting(StreamPosition::topicId)
        .isEqualTo("");
  }

  @Test
  void counts_records_areThoseOfEveryEnd() {
    assertThat(new StoredCounts(1, 20, 300, 4000, 7, 9).records()).isEqualTo(4321);
  }

  @Test
  void summary_time_isCutToTheMillisecond() {
    Summary sample = Samples.summary(1);

    Summary summary =
        new Summary(
            Instant.ofEpochSecond(1, 2_999_999),
            sample.position(),
            sample.counts(),
            sample.phase(),
            sample.learningRate(),
            sample.metrics(),
            sample.provenance(),
            sample.parametersSha256(),
            sample.mostRejected(),
            List.of());

    assertThat(summary.createdAt()).isEqualTo(Instant.ofEpochMilli(1002));
  }

  @Test
  void ofThisProcess_provenance_namesWhatComputes() {
    Provenance provenance = Provenance.ofThisProcess("0.1", "host", 2, Samples.SHA_256);

    assertThat(provenance.javaVersion()).isEqualTo(Runtime.version().toString());
    assertThat(provenance.operatingSystem())
        .startsWith(System.getProperty("os.name"))
        .endsWith(System.getProperty("os.arch"));
    assertThat(provenance.backend()).isEqualTo("host");
    assertThat(provenance.threads()).isEqualTo(2);
  }

  @Test
  void resumable_checkpointsWithAState_areTheNewestFirst() {
    Manifest manifest =
        new Manifest(
            "m",
            List.of(stored(1, 0, 0), toServe(2, 1), stored(3, 2, 2), stored(4, 3, 3)),
            3,
            2,
            1,
            LINE);

    assertThat(manifest.resumable()).extracting(StoredCheckpoint::version).containsExactly(3L, 1L);
    assertThat(manifest.latest().orElseThrow().version()).isEqualTo(3);
    assertThat(manifest.champion().orElseThrow().version()).isEqualTo(2);
    assertThat(manifest.predecessor().orElseThrow().version()).isEqualTo(1);
    assertThat(manifest.nextVersion()).isEqualTo(5);
    assertThat(manifest.of(Lineage.NONE).lineage()).isEqualTo(Lineage.NONE);
    assertThat(manifest.of(Lineage.NONE).of(LINE)).isEqualTo(manifest);
    assertThat(manifest.withChampion(4).championVersion()).isEqualTo(4);
  }

  @Test
  void freeSlot_stateInASlotOfItsOwn_isNotFree() {
    Manifest manifest = new Manifest("m", List.of(stored(1, 0, 1), toServe(2, 3)), 1, 0, 0, LINE);

    assertThat(manifest.freeSlot()).isEqualTo(2);
  }

  @Test
  void with_championAndPredecessorThatAreLost_servesTheNewest() {
    Manifest manifest = new Manifest("m", List.of(stored(5, 0, 0)), 5, 5, 0, LINE);

    Manifest lost = manifest.with(stored(6, 1, 1), 2, Set.of(), new Champion(3, 2));
    Manifest none = manifest.with(stored(6, 1, 1), 2, Set.of(), new Champion(0, 5));

    assertThat(lost.championVersion()).isEqualTo(6);
    assertThat(lost.predecessorVersion()).isZero();
    assertThat(none.championVersion()).isZero();
    assertThat(none.predecessorVersion()).isEqualTo(5);
  }

  @Test
  void with_oldOnesThatAreNeeded_keepsThemAndDropsTheOthers() {
    Manifest manifest =
        new Manifest(
            "m",
            List.of(stored(1, 0, 0), stored(2, 1, 1), stored(3, 2, 2), stored(4, 3, 3)),
            4,
            1,
            0,
            LINE);

    Manifest newer = manifest.with(toServe(5, 4), 1, Set.of(), new Champion(2, 1));

    assertThat(newer.checkpoints())
        .extracting(StoredCheckpoint::version)
        .containsExactly(1L, 2L, 4L, 5L);
    assertThat(newer.latestVersion()).isEqualTo(4);
    assertThat(newer.lineage()).isEqualTo(LINE);
  }

  private static StoredCheckpoint stored(long sequence, int weightsSlot, int stateSlot) {
    return new StoredCheckpoint(sequence, part(weightsSlot), part(stateSlot), Samples.summary(1));
  }

  private static StoredCheckpoint toServe(long sequence, int slot) {
    return new StoredCheckpoint(sequence, part(slot), null, Samples.summary(1));
  }

  private static StoredPart part(int slot) {
    return new StoredPart(slot, 1, 1, Samples.SHA_256, 0);
  }
}
