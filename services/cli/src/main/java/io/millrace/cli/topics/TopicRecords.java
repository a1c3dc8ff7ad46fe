package io.millrace.cli.topics;

import io.millrace.runtime.kafka.ClientProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The committed records of a topic, from given offsets or the beginning to the topic's end when the
 * reading began. Confined to one thread.
 */
public final class TopicRecords implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  public TopicRecords(ClientProperties clients, String clientId, String topic) {
    consumer = new KafkaConsumer<>(clients.consumer(clientId));
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Seeks to offsets. Absent partitions are read from their beginning. */
  public void seek(Map<TopicPartition, Long> offsets) {
    offsets.forEach(consumer::seek);
  }

  /**
   * Passes on records in the order of each partition.
   *
   * @param taken takes a record and returns whether to go on
   */
  public void forEach(Predicate<ConsumerRecord<byte[], byte[]>> taken) {
    forEachUntil(ends(), taken);
  }

  /**
   * Passes on records before given offsets, in the order of each partition.
   *
   * @param ends by partition, the offset to end before
   * @param taken takes a record and returns whether to go on
   */
  public void forEachUntil(
      Map<TopicPartition, Long> ends, Predicate<ConsumerRecord<byte[], byte[]>> taken) {
    while (!isAtEnd(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L) && !taken.test(record)) {
          return;
        }
      }
    }
  }

  /** Returns the offset of the oldest record of each partition. */
  public Map<TopicPartition, Long> beginnings() {
    return consumer.beginningOffsets(partitions);
  }

  /** Returns the offset after the newest record of each partition. */
  public Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(partitions);
  }

  /**
   * Returns the offset of the first record at or after a time, by partition; where there is none,
   * the partition's end.
   */
  public Map<TopicPartition, Long> at(long epochMillis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, epochMillis));
    Map<TopicPartition, Long> result = new HashMap<>(ends());
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                result.put(partition, found.offset());
              }
            });
    return result;
  }

  public List<TopicPartition> partitions() {
    return partitions;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean isAtEnd(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
