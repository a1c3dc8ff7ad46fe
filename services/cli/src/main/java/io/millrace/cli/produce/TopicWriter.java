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
 * Writes rows to the topic, in order, and counts what the broker has acknowledged.
 *
 * <p>The key should be the row's, the same in every pass, so that a holdout by key keeps the row on
 * one side. Confined to one thread, but for {@link #acknowledged}.
 */
public final class TopicWriter implements AutoCloseable {
  /** Names what the format could not carry of a row. */
  public static final String PROBLEM_HEADER = "millrace.produce.problem";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param properties of the Kafka client
   */
  public TopicWriter(Map<String, Object> properties, String topic) {
    this.producer = new KafkaProducer<>(withDefaults(properties));
    this.topic = topic;
  }

  /**
   * Hands a row to the producer; waits while its buffer is full.
   *
   * @throws KafkaException where the broker refused this row or one before
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

  /** Waits until every row is acknowledged. */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  /** Returns how many rows the broker has acknowledged; may be called by any thread. */
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
