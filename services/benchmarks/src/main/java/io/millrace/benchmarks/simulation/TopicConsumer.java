package io.millrace.benchmarks.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a {@link Topic} in memory, in portions of random sizes, from partitions in random order.
 * Assignment is Kafka's own code. Positions and records are replaced.
 */
final class TopicConsumer extends MockConsumer<byte[], byte[]> {
  private final Topic topic;
  private final int mostRecords;
  private final Mishaps mishaps;
  private final SplittableRandom random;
  private final long[] positions;
  private final boolean[] held;

  /**
   * @param mostRecords the largest number of records of one partition in a poll
   */
  TopicConsumer(Topic topic, int mostRecords, Mishaps mishaps, SplittableRandom random) {
    super("none");
    this.topic = topic;
    this.mostRecords = mostRecords;
    this.mishaps = mishaps;
    this.random = random;
    positions = new long[topic.partitions()];
    held = new boolean[topic.partitions()];
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    mishaps.moment();
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    int first = random.nextInt(positions.length);
    int count = 1 + random.nextInt(positions.length);
    for (int i = 0; i < count; i++) {
      int partition = (first + i) % positions.length;
      List<ConsumerRecord<byte[], byte[]>> portion = portion(partition);
      if (!portion.isEmpty()) {
        records.put(of(partition), portion);
      }
    }
    return new ConsumerRecords<>(records, Map.of());
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    if (partitions.isEmpty()) {
      Arrays.fill(held, false); // Kafka's consumer forgets the pause when a partition is unassigned
    }
  }

  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    positions[partition.partition()] = offset;
  }

  @Override
  public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> seek(each, topic.oldest(each.partition())));
  }

  @Override
  public synchronized long position(TopicPartition partition) {
    return positions[partition.partition()];
  }

  @Override
  public synchronized void pause(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> held[each.partition()] = true);
  }

  @Override
  public synchronized void resume(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> held[each.partition()] = false);
  }

  @Override
  public synchronized List<PartitionInfo> partitionsFor(String name) {
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int partition = 0; partition < positions.length; partition++) {
      partitions.add(
          new PartitionInfo(name, partition, Node.noNode(), new Node[] {}, new Node[] {}));
    }
    return partitions;
  }

  @Override
  public synchronized Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    partitions.forEach(each -> offsets.put(each, topic.oldest(each.partition())));
    return offsets;
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> times) {
    Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
    times.forEach(
        (each, time) -> {
          long offset = topic.since(each.partition(), time);
          boolean isThere = offset < topic.end(each.partition());
          offsets.put(each, isThere ? new OffsetAndTimestamp(offset, time) : null);
        });
    return offsets;
  }

  @Override
  public synchronized OptionalLong currentLag(TopicPartition partition) {
    return OptionalLong.of(topic.end(partition.partition()) - position(partition));
  }

  private List<ConsumerRecord<byte[], byte[]>> portion(int partition) {
    if (held[partition]) {
      return List.of();
    }
    long from = positions[partition];
    if (from < topic.oldest(partition)) {
      throw new OffsetOutOfRangeException(Map.of(of(partition), from));
    }
    long to = Math.min(topic.end(partition), from + 1 + random.nextInt(mostRecords));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>((int) (to - from));
    for (long offset = from; offset < to; offset++) {
      records.add(topic.record(partition, offset));
    }
    positions[partition] = to;
    return records;
  }

  private TopicPartition of(int partition) {
    return new TopicPartition(topic.name(), partition);
  }
}
