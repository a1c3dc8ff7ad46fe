package io.millrace.trainer.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a topic with the events 1 to 5 of a model, a second apart, and one that is none. */
class EventReaderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Instant FIRST = Instant.now().minusSeconds(100);
  private static EmbeddedBroker broker;

  @BeforeAll
  static void write() throws Exception {
    broker = EmbeddedBroker.started();
    Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(properties);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic("events", 1, (short) 1))).all().get();
      for (long number = 1; number <= 5; number++) {
        long time = FIRST.plusSeconds(number - 1).toEpochMilli();
        byte[] event =
            TrainingEvent.newBuilder().setModel("m").setNumber(number).build().toByteArray();
        producer.send(new ProducerRecord<>("events", 0, time, null, event)).get();
      }
      byte[] garbage = {1, 2, 3};
      producer.send(new ProducerRecord<>("events", garbage)).get();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void untilEnd_eachStart_readsFromThere() {
    assertThat(read(EventStart.EARLIEST)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(read(EventStart.newest(3))).containsExactly(4L, 5L);
    assertThat(read(EventStart.newest(100))).hasSize(5);
    assertThat(read(EventStart.at(FIRST.plusSeconds(3)))).containsExactly(4L, 5L);
    assertThat(read(EventStart.at(FIRST.minusSeconds(9)))).hasSize(5);
    assertThat(read(EventStart.at(Instant.now().plusSeconds(60)))).isEmpty();
    assertThat(read(EventStart.NEXT)).isEmpty();
  }

  private static List<Long> read(EventStart start) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    try (EventReader reader = new EventReader(properties, "events", "m", start)) {
      return reader.untilEnd(PATIENCE).stream().map(TrainingEvent::getNumber).toList();
    }
  }
}
