package io.millrace.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A record that the limits accept is accepted by the broker, and few others are refused. */
class RecordLimitsTest {
  private static final byte[] KEY = {1, 2, 3};
  private static final int MOST_TOO_CAREFUL = 30;

  @Test
  void takes_recordsOfSizesAroundTheLimit_asTheBrokerOrSlightlyFewer() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      KafkaSettings settings = new KafkaSettings(broker.bootstrapServers(), Map.of());
      RecordLimits limits = limits(settings);
      int largest = 2000;
      while (!limits.takes(KEY, new byte[largest], headers())) {
        largest--;
      }

      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(new ClientProperties(settings).producer("test"))) {
        assertThat(isTaken(producer, largest)).isTrue();
        assertThat(isTaken(producer, largest + MOST_TOO_CAREFUL)).isFalse();
      }
    }
  }

  private static RecordLimits limits(KafkaSettings settings) {
    try (Topics topics = Topics.connect(settings)) {
      topics.ensure(
          "records.topic",
          new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "2000")));
      return topics.limits("records.topic", "small");
    }
  }

  private static boolean isTaken(KafkaProducer<byte[], byte[]> producer, int bytes)
      throws Exception {
    try {
      producer.send(new ProducerRecord<>("small", 0, null, KEY, new byte[bytes], headers())).get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(RecordTooLargeException.class);
      return false;
    }
  }

  private static RecordHeaders headers() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("name", new byte[] {1, 2, 3, 4});
    return headers;
  }
}
