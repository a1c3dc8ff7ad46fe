package io.millrace.benchmarks.decoding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of one partition whose records are created when they are polled and not kept. Each is
 * read once, in order.
 */
final class HostileTopic extends MockConsumer<byte[], byte[]> {
  private static final int MOST_OF_A_POLL = 500;

  private final TopicPartition partition;
  private final long end;
  private final LongFunction<ConsumerRecord<byte[], byte[]>> records;
  private long position;

  /**
   * @param end the number of records
   * @param records creates the record at an offset
   */
  HostileTopic(String name, long end, LongFunction<ConsumerRecord<byte[], byte[]>> records) {
    super("none");
    this.partition = new TopicPartition(name, 0);
    this.end = end;
    this.records = records;
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    List<ConsumerRecord<byte[], byte[]>> next = new ArrayList<>();
    while (position < end && next.size() < MOST_OF_A_POLL) {
      next.add(records.apply(position++));
    }
    return next.isEmpty()
        ? ConsumerRecords.empty()
        : new ConsumerRecords<>(Map.of(partition, next), Map.of());
  }

  @Override
  public synchronized void seek(TopicPartition of, long offset) {
    position = offset;
  }

  @Override
  public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> seek(each, 0));
  }

  @Override
  public synchronized long position(TopicPartition of) {
    return position;
  }

  @Override
  public synchronized List<PartitionInfo> partitionsFor(String name) {
    return List.of(new PartitionInfo(name, 0, Node.noNode(), new Node[] {}, new Node[] {}));
  }

  @Override
  public synchronized Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    partitions.forEach(each -> offsets.put(each, 0L));
    return offsets;
  }

  @Override
  public synchronized OptionalLong currentLag(TopicPartition of) {
    return OptionalLong.of(end - position);
  }
}
