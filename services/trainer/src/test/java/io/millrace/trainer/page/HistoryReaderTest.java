package io.millrace.trainer.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.page.history.History;
import io.millrace.page.json.JsonText;
import io.millrace.proto.events.v1.EarlyStopped;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.settings.Section;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading events of a real topic that comes and goes. */
class HistoryReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOPIC = "letters.events";

  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.started();

  private final KafkaSettings kafka =
      KafkaSettings.read(
          Section.root(
              Map.of(
                  "bootstrap_servers",
                  broker.bootstrapServers(),
                  "properties",
                  Map.of("metadata.max.age.ms", 1000))));
  private final History history = new History();
  private OwnedThread reader;

  @BeforeEach
  void start() {
    reader =
        new OwnedThread(
            "history",
            new HistoryReader(kafka, TOPIC, "letters", history),
            (name, failure) -> history.clear());
    reader.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(reader.stop(PATIENCE)).isTrue();
  }

  @Test
  void read_topicThatIsNotThereYetThenDeletedAndCreatedAnew_goesOnWithWhatIsKnown()
      throws Exception {
    create();
    send(evaluation(1), evaluation(2), stopped(3));
    send(evaluation(4).toBuilder().setModel("other").build());
    await(json -> json.getJsonArray("marks").size() == 1);

    try (Admin admin = Admin.create(new ClientProperties(kafka).admin("test"))) {
      admin.deleteTopics(List.of(TOPIC)).all().get();
      while (admin.listTopics().names().get().contains(TOPIC)) {
        Thread.onSpinWait();
      }
    }
    create();
    send(evaluation(4), stopped(5));

    await(json -> json.getJsonArray("marks").size() == 2);
    assertThat(written().getJsonArray("records")).containsExactly(100, 200, 400);
    assertThat(written().getJsonObject("series").getJsonArray("val_loss"))
        .containsExactly(1.0, 0.5, 0.25); // of the events 1, 2 and 4
  }

  @Test
  void read_garbageAndANewLife_showsTheNewLife() throws Exception {
    create();
    send(evaluation(1), stopped(2));
    sendBytes("no event".getBytes(UTF_8));
    await(json -> json.getJsonArray("marks").size() == 1);

    send(evaluation(1));

    await(json -> json.getJsonArray("marks").isEmpty());
    assertThat(written().getJsonArray("records")).containsExactly(100);
  }

  private static TrainingEvent evaluation(long number) {
    return event(number)
        .setEvaluation(
            Evaluation.newBuilder().putMetrics("val_loss", 1.0 / number).setLearningRate(0.5))
        .build();
  }

  private static TrainingEvent stopped(long number) {
    return event(number).setEarlyStopped(EarlyStopped.getDefaultInstance()).build();
  }

  private static TrainingEvent.Builder event(long number) {
    return TrainingEvent.newBuilder()
        .setModel("letters")
        .setNumber(number)
        .setRecords(100 * number)
        .setTimeMillis(1000 * number);
  }

  private void create() throws Exception {
    try (Admin admin = Admin.create(new ClientProperties(kafka).admin("test"))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private void send(TrainingEvent... events) throws Exception {
    for (TrainingEvent event : events) {
      sendBytes(event.toByteArray());
    }
  }

  private void sendBytes(byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(kafka).producer("test"))) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private JsonObject written() {
    return new JsonObject(JsonText.object(json -> history.write(json, 1000)));
  }

  private void await(Predicate<JsonObject> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(written())) {
      assertThat(System.nanoTime()).as(written().encode()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
