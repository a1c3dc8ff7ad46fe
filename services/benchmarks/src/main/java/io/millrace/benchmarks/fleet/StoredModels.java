package io.millrace.benchmarks.fleet;

import io.millrace.runtime.kafka.ClientProperties;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The newest committed entries of a fleet's stores, each by its SHA-256. */
final class StoredModels {
  private static final List<String> STORES = List.of("checkpoints", "states", "waiting");

  private final ClientProperties clients;

  StoredModels(ClientProperties clients) {
    this.clients = clients;
  }

  /** Returns the digests of all entries, by store and key. */
  Map<String, String> of(String model) {
    Map<String, String> digests = new HashMap<>();
    for (String store : STORES) {
      read(model + ".fleet-" + store + "-changelog", store, digests);
    }
    return digests;
  }

  private void read(String topic, String store, Map<String, String> digests) {
    Map<String, Object> properties = clients.consumer("fleet-benchmark");
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < Objects.requireNonNull(ends.get(each)))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          String key = store + "/" + HexFormat.of().formatHex(record.key());
          if (record.value() == null) {
            digests.remove(key);
          } else {
            digests.put(key, sha256(record.value()));
          }
        }
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
