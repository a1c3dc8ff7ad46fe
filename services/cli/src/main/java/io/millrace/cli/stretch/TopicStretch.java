package io.millrace.cli.stretch;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.tuning.data.RecordCollector;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The records of a topic between two bounds. */
final class TopicStretch {
  private TopicStretch() {}

  /**
   * @param most the most records; the newest are kept, as many of each partition
   */
  static LoadedRecords read(
      Configuration configuration, Bound from, Bound to, int most, RecordCollector collector) {
    String topic = configuration.records().topic();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      int unused = topics.partitions("records.topic", topic);
    }
    try (TopicRecords source =
        new TopicRecords(new ClientProperties(configuration.kafka()), "millrace-tune", topic)) {
      Map<TopicPartition, Long> ends = new HashMap<>(source.ends());
      to.of(source).forEach((partition, end) -> ends.merge(partition, end, Math::min));
      Map<TopicPartition, Long> begins = new HashMap<>(source.beginnings());
      from.of(source).forEach((partition, begin) -> begins.merge(partition, begin, Math::max));
      int each = Math.max(1, most / source.partitions().size());
      begins.replaceAll(
          (partition, begin) -> Math.max(begin, ends.getOrDefault(partition, begin) - each));
      source.seek(begins);
      source.forEachUntil(ends, record -> add(record, collector));
      return LoadedRecords.of(
          collector,
          "the topic " + topic,
          Map.of("from", byPartition(begins), "to", byPartition(ends)));
    }
  }

  private static boolean add(ConsumerRecord<byte[], byte[]> record, RecordCollector collector) {
    collector.add(
        record, () -> "partition %d, offset %d".formatted(record.partition(), record.offset()));
    return !collector.isFull();
  }

  private static Map<String, Object> byPartition(Map<TopicPartition, Long> offsets) {
    Map<String, Object> result = new TreeMap<>();
    offsets.forEach(
        (partition, offset) -> result.put(String.valueOf(partition.partition()), offset));
    return result;
  }
}
