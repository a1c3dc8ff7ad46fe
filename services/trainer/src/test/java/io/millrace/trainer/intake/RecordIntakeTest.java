package io.millrace.trainer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.trainer.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
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
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 7L)));

    // When
    ConsumerRecords<byte[], byte[]> records = intake.poll(Duration.ZERO);

    // Then
    assertThat(records.isEmpty()).isTrue();
    assertThat(consumer.position(FIRST)).isEqualTo(20);
    assertThat(intake.lost()).isEqualTo(13);
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
