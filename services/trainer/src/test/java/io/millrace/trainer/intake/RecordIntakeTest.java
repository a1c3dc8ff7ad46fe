package io.millrace.trainer.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RecordIntakeTest {
  private static final String TOPIC = "letters";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final ManualTime time = new ManualTime();
  private final RecordIntake intake = new RecordIntake(consumer, TOPIC, time);

  @Test
  void seek_noPosition_readsEveryPartitionFromItsBeginning() {
    // Given
    topicHas(2);
    consumer.updateBeginningOffsets(Map.of(FIRST, 3L, SECOND, 0L));

    // When
    intake.seek(Map.of());

    // Then
    assertThat(consumer.position(FIRST)).isEqualTo(3);
    assertThat(consumer.position(SECOND)).isZero();
    assertThat(intake.position()).isEmpty();
  }

  @Test
  void seek_position_goesThereAndTheRestBeginsAtTheBeginning() {
    // Given
    topicHas(2);
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 4L));

    // When
    intake.seek(Map.of(0, 7L));

    // Then
    assertThat(consumer.position(FIRST)).isEqualTo(7);
    assertThat(consumer.position(SECOND)).isEqualTo(4);
    assertThat(intake.position()).containsExactly(Map.entry(0, 7L));
  }

  @Test
  void taken_record_movesThePositionBehindIt() {
    // Given
    topicHas(1);
    intake.seek(Map.of(0, 7L));
    consumer.addRecord(record(FIRST, 9));

    // When
    ConsumerRecords<byte[], byte[]> records = intake.poll(Duration.ZERO);
    records.forEach(intake::taken);

    // Then
    assertThat(intake.position()).containsExactly(Map.entry(0, 10L));
  }

  @Test
  void poll_partitionAddedToTheTopic_isReadFromItsBeginning() {
    // Given
    topicHas(1);
    intake.seek(Map.of(0, 7L));
    topicHas(2);
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));

    // When
    intake.poll(Duration.ZERO);
    boolean assignedAtOnce = consumer.assignment().contains(SECOND);
    time.pass(Duration.ofSeconds(10));
    intake.poll(Duration.ZERO);

    // Then
    assertThat(assignedAtOnce).isFalse();
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(consumer.position(FIRST)).isEqualTo(7);
    assertThat(consumer.position(SECOND)).isZero();
  }

  @Test
  void poll_recordsRemovedByRetention_goesOnWithTheOldestAndCountsTheGap() {
    // Given
    topicHas(1);
    intake.seek(Map.of(0, 7L));
    consumer.updateBeginningOffsets(Map.of(FIRST, 20L));
    consumer.updateEndOffsets(Map.of(FIRST, 30L));
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 7L)));

    // When
    ConsumerRecords<byte[], byte[]> records = intake.poll(Duration.ZERO);

    // Then
    assertThat(records.isEmpty()).isTrue();
    assertThat(consumer.position(FIRST)).isEqualTo(20);
    assertThat(intake.lost()).isEqualTo(13);
  }

  @Test
  void poll_topicWithoutIdEndsBeforeThePosition_readsItFromItsBeginning() {
    // Given
    topicHas(1);
    intake.seek(Map.of(0, 70L));
    consumer.updateEndOffsets(Map.of(FIRST, 30L));
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 70L)));

    // When
    intake.poll(Duration.ZERO);

    // Then
    assertThat(consumer.position(FIRST)).isZero();
    assertThat(intake.lost()).isZero();
  }

  @Test
  void poll_sameTopicWasCut_readsNothingTwice() {
    // Given
    RecordIntake known = known(DataLoss.SKIP);
    topicHas(1);
    known.resume(new StreamPosition(TOPIC, "id", Map.of(0, 70L)));
    consumer.updateEndOffsets(Map.of(FIRST, 30L));
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 70L)));

    // When
    known.poll(Duration.ZERO);

    // Then
    assertThat(consumer.position(FIRST)).isEqualTo(30);
    assertThat(known.lost()).isZero();
  }

  @Test
  void poll_sameTopicWasCutAndTheBrokersSayWhere_readsOnFromThere() {
    // Given
    RecordIntake known = known(DataLoss.SKIP);
    topicHas(1);
    known.resume(new StreamPosition(TOPIC, "id", Map.of(0, 70L)));
    consumer.updateEndOffsets(Map.of(FIRST, 50L));
    consumer.setPollException(
        new LogTruncationException(Map.of(FIRST, 70L), Map.of(FIRST, new OffsetAndMetadata(30))));

    // When
    known.poll(Duration.ZERO);

    // Then
    assertThat(consumer.position(FIRST)).isEqualTo(30);
  }

  @Test
  void poll_topicWasCutAndLossIsToFail_saysWhatIsAllowed() {
    // Given
    RecordIntake known = known(DataLoss.FAIL);
    topicHas(1);
    known.resume(new StreamPosition(TOPIC, "id", Map.of(0, 70L)));
    consumer.updateEndOffsets(Map.of(FIRST, 30L));
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 70L)));

    // When
    assertThatThrownBy(() -> known.poll(Duration.ZERO))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "records.on_data_loss: is fail, and data of letters was lost: partition 0 was cut: it"
                + " had been read up to offset 70, and ends before; allowed: skip, which reads on"
                + " at offset 30, or another name under model to train a new one");
  }

  private RecordIntake known(DataLoss onDataLoss) {
    return new RecordIntake(consumer, TOPIC, time, topic -> "id", onDataLoss);
  }

  private void topicHas(int partitions) {
    Node node = new Node(1, "localhost", 1);
    List<PartitionInfo> infos =
        IntStream.range(0, partitions)
            .mapToObj(i -> new PartitionInfo(TOPIC, i, node, new Node[] {node}, new Node[] {node}))
            .toList();
    consumer.updatePartitions(TOPIC, infos);
    if (partitions == 1) {
      consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
    return new ConsumerRecord<>(
        partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
  }
}
