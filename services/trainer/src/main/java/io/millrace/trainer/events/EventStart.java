package io.millrace.trainer.events;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The event that a reader of events begins with. */
@FunctionalInterface
public interface EventStart {
  /** The next event that is written. */
  EventStart NEXT = consumer -> consumer.seekToEnd(consumer.assignment());

  /** The oldest event that is kept. */
  EventStart EARLIEST = consumer -> consumer.seekToBeginning(consumer.assignment());

  /** Seeks a consumer on its assigned partitions. */
  void seek(Consumer<byte[], byte[]> consumer);

  /** Returns the start at the first event that was written at a time or later. */
  static EventStart at(Instant time) {
    return consumer -> {
      NEXT.seek(consumer); // where nothing is that young
      Map<TopicPartition, Long> times =
          consumer.assignment().stream()
              .collect(Collectors.toMap(each -> each, each -> time.toEpochMilli()));
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  consumer.seek(partition, found.offset());
                }
              });
    };
  }

  /** Returns the start that many records before the end of each partition. */
  static EventStart newest(long records) {
    return consumer -> {
      Set<TopicPartition> partitions = consumer.assignment();
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      consumer
          .endOffsets(partitions)
          .forEach(
              (partition, end) ->
                  consumer.seek(
                      partition, Math.max(beginnings.getOrDefault(partition, 0L), end - records)));
    };
  }
}
