package io.millrace.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.control.v1.Retrain;
import io.millrace.trainer.intake.RecordIntake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two partitions, with the consumed records 10 to 99 and 0 to 49. */
class RewindStartTest {
  private static final String TOPIC = "records";

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final RecordIntake intake = new RecordIntake(consumer, TOPIC, System::nanoTime);

  @BeforeEach
  void consume() {
    Node node = new Node(1, "localhost", 1);
    Node[] nodes = {node};
    consumer.updatePartitions(
        TOPIC,
        List.of(
            new PartitionInfo(TOPIC, 0, node, nodes, nodes),
            new PartitionInfo(TOPIC, 1, node, nodes, nodes)));
    consumer.updateBeginningOffsets(
        Map.of(new TopicPartition(TOPIC, 0), 10L, new TopicPartition(TOPIC, 1), 0L));
    intake.seek(Map.of(0, 100L, 1, 50L));
  }

  @Test
  void of_earliest_isTheOldestRecordOfEveryPartition() throws Exception {
    Retrain.Builder retrain =
        Retrain.newBuilder().setRewindToEarliest(Retrain.Earliest.getDefaultInstance());

    assertThat(start(retrain, Map.of())).contains(new TreeMap<>(Map.of(0, 10L, 1, 0L)));
  }

  @Test
  void of_offsets_leavesOtherPartitionsAtTheirBeginning() throws Exception {
    Retrain.Builder retrain =
        Retrain.newBuilder()
            .setRewindToOffsets(Retrain.Offsets.newBuilder().putOffsets(0, 40).build());

    assertThat(start(retrain, Map.of())).contains(new TreeMap<>(Map.of(0, 40L, 1, 0L)));
  }

  @Test
  void of_driftStart_isWhereTheStreamStoodThen() throws Exception {
    Retrain.Builder retrain =
        Retrain.newBuilder().setRewindToDriftStart(Retrain.DriftStart.getDefaultInstance());

    assertThat(start(retrain, Map.of(0, 90L, 1, 45L)))
        .contains(new TreeMap<>(Map.of(0, 90L, 1, 45L)));
  }

  @Test
  void of_driftStartThatRetentionHasRemoved_isTheOldestRecord() throws Exception {
    Retrain.Builder retrain =
        Retrain.newBuilder().setRewindToDriftStart(Retrain.DriftStart.getDefaultInstance());

    assertThat(start(retrain, Map.of(0, 4L, 1, 2L))).contains(new TreeMap<>(Map.of(0, 10L, 1, 2L)));
  }

  @Test
  void of_continue_isNoRewind() throws Exception {
    Retrain.Builder retrain =
        Retrain.newBuilder().setContinue(Retrain.Continue.getDefaultInstance());

    assertThat(start(retrain, Map.of())).isEmpty();
  }

  private Optional<SortedMap<Integer, Long>> start(
      Retrain.Builder retrain, Map<Integer, Long> driftStart) throws RefusedException {
    Optional<SortedMap<Integer, Long>> drift =
        driftStart.isEmpty() ? Optional.empty() : Optional.of(new TreeMap<>(driftStart));
    return new RewindStart(intake, drift).of(retrain.build());
  }
}
