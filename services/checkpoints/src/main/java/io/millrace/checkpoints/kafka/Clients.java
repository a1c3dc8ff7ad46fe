package io.millrace.checkpoints.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates Kafka clients with the properties that checkpoints rely on. */
public final class Clients {
  private static final int FETCH_BYTES = 16 << 20;
  private static final int REQUEST_BYTES = 16 << 20;

  private Clients() {}

  /**
   * Creates a transactional producer.
   *
   * @param transactionTimeout how long until the brokers abort a transaction; until then it keeps
   *     committed readers waiting
   */
  public static KafkaProducer<byte[], byte[]> producer(
      Map<String, Object> properties, String transactionalId, Duration transactionTimeout) {
    Map<String, Object> all = named(properties, "checkpoints");
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) transactionTimeout.toMillis());
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.LINGER_MS_CONFIG, 0); // every batch is waited for
    // Only the broker limits a record, since a dead letter is larger than the original record.
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates a consumer of committed records that waits for news, without a group. */
  public static KafkaConsumer<byte[], byte[]> follower(Map<String, Object> properties) {
    return consumer(committed(properties, "manifest-follower"));
  }

  /**
   * Creates a consumer of committed records that seeks often. Its fetches return soon even without
   * records, because it cannot fetch from another position before that.
   */
  public static KafkaConsumer<byte[], byte[]> reader(Map<String, Object> properties) {
    Map<String, Object> all = committed(properties, "checkpoint-reader");
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    return consumer(all);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> committed(Map<String, Object> properties, String role) {
    Map<String, Object> all = named(properties, role);
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Never create a topic by asking for it: it would not be compacted.
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return all;
  }

  /**
   * Adds a role to the client id, which distinguishes the clients of a process in logs and metrics.
   */
  private static Map<String, Object> named(Map<String, Object> properties, String role) {
    Map<String, Object> all = new HashMap<>(properties);
    all.merge(CommonClientConfigs.CLIENT_ID_CONFIG, role, (given, own) -> given + "-" + own);
    return all;
  }
}
