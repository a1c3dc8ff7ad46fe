package io.millrace.trainer.events;

import io.millrace.proto.events.v1.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the events topic and follows it. Confined to one thread. */
public final class EventReader implements AutoCloseable {
  private static final int NEWEST_EVENTS = 5000;
  private static final Duration UNLIMITED = Duration.ofDays(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String model;

  /**
   * Opens a reader.
   *
   * @param consumerProperties the connection to Kafka, for a reader of committed records
   * @param model the model whose events are read
   * @param start which past events are read too
   * @throws KafkaException if the topic does not exist, or the brokers do not answer
   */
  public EventReader(
      Map<String, Object> consumerProperties, String topic, String model, EventStart start) {
    this.model = model;
    consumer =
        new KafkaConsumer<>(
            consumerProperties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      begin(topic, start);
    } catch (KafkaException e) {
      consumer.close();
      throw e;
    }
  }

  private void begin(String topic, EventStart start) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topic);
    }
    consumer.assign(partitions);
    start.seek(consumer);
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
   * Returns the events up to the topic's end at the time of the call, in order.
   *
   * @param patience how long that may take; later events are left out
   */
  public List<TrainingEvent> untilEnd(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    List<TrainingEvent> events = new ArrayList<>();
    while (System.nanoTime() < deadline
        && ends.entrySet().stream().anyMatch(end -> isBefore(end.getKey(), end.getValue()))) {
      events.addAll(poll(POLL));
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
    EventStart start = EventStart.newest(NEWEST_EVENTS);
    try (EventReader reader = new EventReader(consumerProperties, topic, model, start)) {
      List<TrainingEvent> events = reader.untilEnd(UNLIMITED);
      return events.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(events.get(events.size() - 1).getSequence());
    }
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

  private boolean isBefore(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
