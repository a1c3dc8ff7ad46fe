package io.millrace.tuning.data;

import static io.millrace.tuning.RecordsForTests.json;
import static io.millrace.tuning.RecordsForTests.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.RecordsForTests;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordCollectorTest {
  private final TrainerSettings settings = RecordsForTests.trainer();

  @Test
  void collected_severalPartitions_areInTheOrderOfTheirTimes() {
    // Given: polls bring partition 1 first
    RecordCollector collector = new RecordCollector(settings, 10);
    collector.add(record(1, 5, 30, json(0, 0, 30)), () -> "");
    collector.add(record(1, 6, 50, json(0, 0, 50)), () -> "");
    collector.add(record(0, 9, 20, json(0, 0, 20)), () -> "");
    collector.add(record(0, 10, 30, json(0, 0, 31)), () -> "");

    // When
    DecodedRecords records = collector.collected();

    // Then: of equal times, the lower partition is first
    assertThat(targets(records)).containsExactly(20f, 31f, 30f, 50f);
    assertThat(records.timeMillis(3)).isEqualTo(50);
  }

  @Test
  void collected_onePartition_keepsTheOrderOfOffsets() {
    RecordCollector collector = new RecordCollector(settings, 10);
    collector.add(record(0, 1, 50, json(0, 0, 1)), () -> "");
    collector.add(record(0, 2, 20, json(0, 0, 2)), () -> "");

    assertThat(targets(collector.collected())).containsExactly(1f, 2f);
  }

  @Test
  void collected_moreRecordsThanAChunk_areAllThere() {
    int count = 3 * DecodedRecords.CHUNK + 1;
    RecordCollector collector = new RecordCollector(settings, count);
    IntStream.range(0, count).forEach(i -> collector.add(record(0, i, i, json(0, 0, i)), () -> ""));

    DecodedRecords records = collector.collected();

    assertThat(collector.isFull()).isTrue();
    assertThat(records.size()).isEqualTo(count);
    assertThat(targets(records)[count - 1]).isEqualTo(count - 1);
  }

  @Test
  void rejected_severalReasons_areCountedWithTheFirstPlaceOfEach() {
    RecordCollector collector = new RecordCollector(settings, 10);
    for (int i = 0; i < 3; i++) {
      String where = "offset " + i;
      collector.add(record(0, i, i, "{\"a\": \"x\", \"b\": 1, \"y\": 1}"), () -> where);
    }
    collector.add(record(0, 3, 3, "no JSON"), () -> "offset 3");

    assertThat(collector.size()).isZero();
    assertThat(collector.rejected()).extracting(RejectedRecords::records).containsExactly(3L, 1L);
    assertThat(collector.rejected().get(0).message())
        .contains("a number is needed in field 'a'", "found: text", "first in offset 0");
  }

  @Test
  void sha256_anotherNumberInOneRow_isAnother() {
    RecordCollector one = new RecordCollector(settings, 10);
    one.add(record(0, 0, 0, json(1, 2, 3)), () -> "");
    RecordCollector other = new RecordCollector(settings, 10);
    other.add(record(0, 0, 0, json(1, 2.5, 3)), () -> "");

    assertThat(one.collected().sha256()).isNotEqualTo(other.collected().sha256());
  }

  private static float[] targets(DecodedRecords records) {
    ExampleBatch rows =
        new ExampleBatch(records.size(), records.inputWidths(), records.targetWidths());
    IntStream.range(0, records.size()).forEach(row -> records.copyRow(row, rows, row));
    return rows.target(0);
  }
}
