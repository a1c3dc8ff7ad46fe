package io.millrace.cli.status;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.cli.deadletters.DeadLetter;
import io.millrace.cli.deadletters.ReplayPosition;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Asks a model's topics. Each question is asked on a thread of its own. */
final class TopicQuestions {
  private static final long EVENTS_READ = 5000;
  private static final int EVENTS_SHOWN = 10;

  private final Configuration configuration;
  private final ClientProperties clients;
  private final Duration patience;

  /**
   * @param patience how long each question may take
   */
  TopicQuestions(Configuration configuration, Duration patience) {
    this.configuration = configuration;
    this.clients = new ClientProperties(configuration.kafka());
    this.patience = patience;
  }

  /** Returns the checkpoints, and what the records topic has beyond the newest. */
  Asked<Checkpoints> checkpoints() {
    String topic = configuration.trainer().checkpoints().topics().manifest();
    if (!exists("checkpoints.topic", topic)) {
      return Asked.none("none: no trainer has run yet, there is no topic " + topic);
    }
    Optional<Manifest> manifest = manifest();
    return manifest.isEmpty() || manifest.get().checkpoints().isEmpty()
        ? Asked.none("none has been written yet")
        : Asked.of(new Checkpoints(manifest.get(), lag(manifest.get())));
  }

  /** Counts the dead letters that no replay has handled, in half the time at most. */
  Asked<Letters> letters() {
    String topic = configuration.records().deadLetters();
    if (!exists("records.dead_letters", topic)) {
      return Asked.none("none: there is no topic " + topic);
    }
    long deadline = System.nanoTime() + patience.toNanos() / 2;
    Map<String, Long> byReason = new TreeMap<>();
    boolean[] complete = {true};
    try (TopicRecords records = new TopicRecords(clients, "millrace-status", topic)) {
      ReplayPosition.seek(records, clients, configuration.model());
      records.forEach(
          record -> {
            byReason.merge(new DeadLetter(record).says("reason"), 1L, Long::sum);
            complete[0] = System.nanoTime() < deadline;
            return complete[0];
          });
    }
    return Asked.of(new Letters(byReason, complete[0]));
  }

  /** Returns the newest events but evaluations, oldest first. */
  Asked<List<TrainingEvent>> events() {
    String topic = configuration.trainer().events().topic();
    if (!exists("events.topic", topic)) {
      return Asked.none("none: there is no topic " + topic);
    }
    try (EventReader reader =
        new EventReader(
            clients.consumer("millrace-status"),
            topic,
            configuration.model(),
            EventStart.newest(EVENTS_READ))) {
      List<TrainingEvent> told =
          reader.untilEnd(patience).stream().filter(event -> !event.hasEvaluation()).toList();
      return Asked.of(told.subList(Math.max(0, told.size() - EVENTS_SHOWN), told.size()));
    }
  }

  private boolean exists(String key, String topic) {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      return topics.exists(key, topic);
    }
  }

  private Optional<Manifest> manifest() {
    try (CheckpointReader reader =
        new CheckpointReader(
            clients.consumer("millrace-status"),
            configuration.trainer().checkpoints().topics(),
            configuration.model(),
            patience,
            CheckpointRefusals.UNTOLD)) {
      return reader.manifest();
    }
  }

  /** Returns how many records lie between the newest checkpoint's position and the topic's end. */
  private long lag(Manifest manifest) {
    Optional<StreamPosition> position =
        manifest.latest().map(latest -> latest.summary().position());
    Map<Integer, Long> next = position.isEmpty() ? Map.of() : position.get().nextOffsets();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(clients.consumer("millrace-status"))) {
      String topic = configuration.records().topic();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .mapToLong(
              end -> {
                long begin = begins.getOrDefault(end.getKey(), 0L);
                long from = Math.max(begin, next.getOrDefault(end.getKey().partition(), begin));
                return Math.max(0, end.getValue() - from);
              })
          .sum();
    }
  }
}
