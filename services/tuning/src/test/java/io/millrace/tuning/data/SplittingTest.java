package io.millrace.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.RecordsForTests;
import io.millrace.tuning.data.Splitting.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SplittingTest {
  private final TrainerSettings settings = RecordsForTests.trainer();
  private final ValidationSettings validation = settings.learner().validation();

  @Test
  void of_rollingOrigin_judgesEachBlockByWhatCameBefore() {
    List<Split> splits = split(new Splitting(Kind.ROLLING_ORIGIN, 3), 8);

    assertThat(splits).hasSize(3);
    assertThat(splits.get(0).training()).containsExactly(0, 1);
    assertThat(splits.get(0).validation()).containsExactly(2, 3);
    assertThat(splits.get(1).training()).containsExactly(0, 1, 2, 3);
    assertThat(splits.get(1).validation()).containsExactly(4, 5);
    assertThat(splits.get(2).training()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(splits.get(2).validation()).containsExactly(6, 7);
  }

  @Test
  void of_kfold_judgesEveryRowOnceInFoldsOfEqualSize() {
    List<Split> splits = split(new Splitting(Kind.KFOLD, 4), 22);

    int[] judged = splits.stream().flatMapToInt(each -> Arrays.stream(each.validation())).toArray();
    assertThat(judged).containsExactlyInAnyOrder(IntStream.range(0, 22).toArray());
    assertThat(splits).allMatch(each -> each.training().length + each.validation().length == 22);
    assertThat(splits).allMatch(each -> Math.abs(each.validation().length - 5.5) <= 0.5);
  }

  @Test
  void of_kfoldOfGroups_keepsEachGroupInOneFold() {
    // Given: seven rows of three keys, which the hash is of
    TrainerSettings byKey =
        RecordsForTests.file("").changed(SplittingTest::heldOutByKey).read(TrainerSettings::read);
    RecordCollector collector = new RecordCollector(byKey, 100);
    List<String> keys = List.of("a", "b", "c", "a", "b", "c", "a");
    for (int i = 0; i < keys.size(); i++) {
      collector.add(keyed(keys.get(i), i), () -> "");
    }

    // When
    List<Split> splits = new Splitting(Kind.KFOLD, 3).of(collector.collected(), validation);

    // Then
    for (Split split : splits) {
      List<String> judging = Arrays.stream(split.validation()).mapToObj(keys::get).toList();
      List<String> learned = Arrays.stream(split.training()).mapToObj(keys::get).toList();
      assertThat(judging).doesNotContainAnyElementsOf(learned);
    }
  }

  @Test
  void of_holdout_judgesByTheRowsThatATrainerHoldsOut() {
    DecodedRecords records = RecordsForTests.records(200);

    Split split = new Splitting(Kind.HOLDOUT, 1).of(records, validation).get(0);

    int[] heldOut =
        IntStream.range(0, 200).filter(row -> validation.holdsOut(records.hash(row))).toArray();
    assertThat(split.validation()).containsExactly(heldOut);
    assertThat(heldOut.length).isBetween(25, 75);
    assertThat(split.training()).hasSize(200 - heldOut.length);
  }

  @Test
  void reduced_stream_keepsTheNewestRows() {
    Split split = new Split(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, new int[] {10});

    assertThat(split.reduced(0.2, true, 1).training()).containsExactly(8, 9);
    assertThat(split.reduced(0.5, false, 1).training())
        .hasSize(5)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(split.reduced(1, false, 1)).isSameAs(split);
  }

  @Test
  void read_nothing_isRollingOrigin() {
    assertThat(Splitting.read(Section.root(Map.of())))
        .isEqualTo(new Splitting(Kind.ROLLING_ORIGIN, 3));
    assertThat(
            Splitting.read(Section.root(Map.of("validation", Map.of("type", "kfold", "folds", 5)))))
        .isEqualTo(new Splitting(Kind.KFOLD, 5));
  }

  private List<Split> split(Splitting splitting, int rows) {
    return splitting.of(RecordsForTests.records(rows), validation);
  }

  private static Map<String, Object> heldOutByKey(Map<String, Object> document) {
    Map<String, Object> changed = new LinkedHashMap<>(document);
    changed.put("validation", Map.of("holdout_by", "key"));
    return changed;
  }

  private static ConsumerRecord<byte[], byte[]> keyed(String key, long offset) {
    byte[] value = RecordsForTests.json(1, 2, 3).getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>("small", 0, offset, key.getBytes(StandardCharsets.UTF_8), value);
  }
}
