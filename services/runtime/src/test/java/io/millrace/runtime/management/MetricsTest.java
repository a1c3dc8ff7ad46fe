package io.millrace.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

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
  void watch_clientThatHasAMeterLater_showsIt() {
    try (MockProducer<byte[], byte[]> producer = new MockProducer<>();
        Metrics metrics = new Metrics()) {
      metrics.watch(producer);
      assertThat(metrics.scrape()).doesNotContain("kafka_producer_");

      MetricName name = new MetricName("record-send-total", "producer-metrics", "", Map.of());
      Measurable seven = (config, now) -> 7;
      producer.setMockMetrics(
          name, new KafkaMetric(new Object(), name, seven, new MetricConfig(), Time.SYSTEM));

      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!metrics.scrape().contains("kafka_producer_record_send{")) {
        assertThat(System.nanoTime()).isLessThan(end);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  @Test
  void meterSearch_binderThatAsksForAMinute_looksWithinASecond() {
    try (Metrics metrics = new Metrics()) {
      ScheduledFuture<?> next =
          metrics.meterSearch().scheduleAtFixedRate(() -> {}, 60, 60, TimeUnit.SECONDS);

      assertThat(next.getDelay(TimeUnit.MILLISECONDS)).isLessThanOrEqualTo(1000);
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
