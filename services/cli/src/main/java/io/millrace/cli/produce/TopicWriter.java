package io.millrace.cli.produce;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to the topic in order and counts the acknowledged ones.
 *
 * <p>The key should identify the row in every pass, so that a holdout by key keeps the row on one
 * side. Confined to one thread, except for {@link #acknowledged}.
 */
public final class TopicWriter implements AutoCloseable {
  /** The header with what the format could not represent of a row. */
  public static final String PROBLEM_HEADER = "millrace.produce.problem";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param properties the properties of the Kafka client
   */
  public TopicWriter(Map<String, Object> properties, String topic) {
    this.producer = new KafkaProducer<>(withDefaults(properties));
    this.topic = topic;
  }

  /**
   * Passes a row to the producer; blocks while its buffer is full.
   *
   * @throws KafkaException if the broker refused this row or an earlier one
   */
  public void write(String key, EncodedRow row) {
    throwFailure();
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), row.value());
    if (!row.problems().isEmpty()) {
      String problems = String.join("; ", row.problems());
      message.headers().add(PROBLEM_HEADER, problems.getBytes(StandardCharsets.UTF_8));
    }
    var unused =
        producer.send(
            message,
            (metadata, exception) -> {
              if (exception == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /**
   * Waits until every row is acknowledged.
   *
   * @throws KafkaException if the broker refused a row
   */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  /** Returns how many rows the broker has acknowledged. Safe for any thread. */
  public long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw first instanceof KafkaException kafka ? kafka : new KafkaException(first);
    }
  }

  private static Map<String, Object> withDefaults(Map<String, Object> properties) {
    Map<String, Object> result = new HashMap<>();
    result.put(ProducerConfig.LINGER_MS_CONFIG, "10");
    result.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    result.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
    result.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "120000");
    result.putAll(properties);
    return result;
  }
}
