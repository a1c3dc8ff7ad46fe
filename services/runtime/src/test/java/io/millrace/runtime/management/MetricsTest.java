package io.millrace.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
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
          .contains(
              "kafka_consumer_failed_authentication_total{", "kafka_producer_record_send_total{")
          .doesNotContain("connection_count", "records_consumed_total");
    }
  }

  @Test
  void scrape_processOfAModel_everySampleNamesIt() {
    try (Metrics metrics = new Metrics("letters")) {
      Counter.builder("millrace.requests").tag("model", "digits").register(metrics.registry());

      assertThat(metrics.scrape().lines().filter(line -> !line.startsWith("#")))
          .filteredOn(line -> !line.startsWith("millrace_requests"))
          .isNotEmpty()
          .allMatch(line -> line.contains("model=\"letters\""));
      assertThat(metrics.scrape()).contains("millrace_requests_total{model=\"digits\"} 0.0");
    }
  }
}
