package io.millrace.trainer.events;

import io.millrace.proto.events.v1.TrainingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the events topic and follows it. Confined to one thread. */
public final class EventReader implements AutoCloseable {
  private static final int NEWEST_EVENTS = 5000;
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String model;

  /**
   * Opens a reader. The topic must exist.
   *
   * @param consumerProperties the connection to Kafka, for a reader of committed records
   * @param model the model whose events are read
   * @param fromBeginning whether past events are read too
   */
  public EventReader(
      Map<String, Object> consumerProperties, String topic, String model, boolean fromBeginning) {
    this.model = model;
    consumer =
        new KafkaConsumer<>(
            consumerProperties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    partitions.forEach(consumer::position); // seeking is lazy; after this, no event is missed
  }

  /** Returns new events in order. Waits up to {@code patience} for the first. */
  public List<TrainingEvent> poll(Duration patience) {
    List<TrainingEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      EventFormat.read(record)
          .filter(event -> event.getModel().equals(model))
          .ifPresent(events::add);
    }
    return events;
  }

  /**
   * Returns the version of the newest checkpoint in a model's events on a topic; empty if there is
   * none. Searches only the newest {@value #NEWEST_EVENTS} records of each partition.
   *
   * @param consumerProperties the connection to Kafka, for a reader of committed records
   */
  public static OptionalLong newestCheckpoint(
      Map<String, Object> consumerProperties, String topic, String model) {
    try (EventReader reader = new EventReader(consumerProperties, topic, model, false)) {
      return reader.newestCheckpoint();
    }
  }

  /** Goes to the oldest events that were written at this moment or later. */
  public void seekTo(Instant moment) {
    Map<TopicPartition, Long> times = new HashMap<>();
    consumer.assignment().forEach(partition -> times.put(partition, moment.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, found.offset());
              }
            });
  }

  /**
   * Passes on all events from here to the end that the topic has now.
   *
   * @param patience the longest wait for the next event
   * @throws TimeoutException if none came for so long
   */
  public void readToEnd(Duration patience, Consumer<TrainingEvent> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Map<TopicPartition, Long> before = Map.of();
    while (ends.entrySet().stream().anyMatch(end -> isBefore(end.getKey(), end.getValue()))) {
      poll(patience).forEach(each);
      Map<TopicPartition, Long> now = new HashMap<>();
      consumer.assignment().forEach(partition -> now.put(partition, consumer.position(partition)));
      if (now.equals(before)) {
        throw new TimeoutException("no event came for " + patience.toSeconds() + " s");
      }
      before = now;
    }
  }

  private OptionalLong newestCheckpoint() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(consumer.assignment());
    ends.forEach(
        (partition, end) -> {
          long beginning = beginnings.getOrDefault(partition, 0L);
          consumer.seek(partition, Math.max(beginning, end - NEWEST_EVENTS));
        });
    OptionalLong newest = OptionalLong.empty();
    while (ends.entrySet().stream().anyMatch(end -> isBefore(end.getKey(), end.getValue()))) {
      for (TrainingEvent event : poll(POLL)) {
        newest = OptionalLong.of(event.getSequence());
      }
    }
    return newest;
  }

  private boolean isBefore(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
