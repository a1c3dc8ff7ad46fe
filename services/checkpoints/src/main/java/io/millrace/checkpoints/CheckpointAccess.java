package io.millrace.checkpoints;

import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.TopicInspector;
import io.millrace.checkpoints.kafka.Transactions;
import io.millrace.checkpoints.manifest.ManifestFollower;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A writer's access to the checkpoints of its model.
 *
 * @param producerProperties the producer's connection to Kafka
 * @param consumerProperties the consumer's connection to Kafka
 * @param refused receives the records that are skipped
 */
record CheckpointAccess(
    Map<String, Object> producerProperties,
    Map<String, Object> consumerProperties,
    CheckpointTopics topics,
    String model,
    CheckpointRefusals refused) {

  TopicInspector inspector() {
    return new TopicInspector(consumerProperties);
  }

  /** Returns a reader whose calls end after {@code patience}, even if no broker answers. */
  CheckpointReader reader(Duration patience) {
    Map<String, Object> properties = new HashMap<>(consumerProperties);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    return new CheckpointReader(properties, topics, model, patience, refused);
  }

  ManifestFollower follower() {
    return new ManifestFollower(consumerProperties, topics, model, CheckpointRefusals.UNTOLD);
  }

  /**
   * @param batchBytes the batch size of the producer
   */
  Transactions transactions(int batchBytes) {
    Map<String, Object> properties = new HashMap<>(producerProperties);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
    return new Transactions(properties, model);
  }
}
