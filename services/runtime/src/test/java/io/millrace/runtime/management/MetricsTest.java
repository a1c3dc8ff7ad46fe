package io.millrace.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Map<String, Object> NO_BROKER = Map.of("bootstrap.servers", "127.0.0.1:1");

  @Test
  void watch_kafkaClients_showsTheirMetrics() {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                NO_BROKER, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(NO_BROKER, new ByteArraySerializer(), new ByteArraySerializer());
        Metrics metrics = new Metrics()) {
      metrics.watch(consumer);
      metrics.watch(producer);

      assertThat(metrics.scrape())
          .contains("kafka_consumer_connection_count{", "kafka_producer_connection_count{");
    }
  }
}
