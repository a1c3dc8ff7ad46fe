package io.millrace.trainer.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.events.v1.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the events topic as it grows. Confined to one thread. */
public final class EventReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String model;

  /**
   * Opens a reader; the topic has to exist.
   *
   * @param consumerProperties how to connect to Kafka, for a reader of committed records
   * @param model whose events are wanted
   * @param fromBeginning whether what has happened so far is wanted
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
    partitions.forEach(consumer::position); // seeking is lazy: from here on nothing is missed
  }

  /** Returns what has happened since, in order; waits up to {@code patience} for something. */
  public List<TrainingEvent> poll(Duration patience) {
    List<TrainingEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      try {
        TrainingEvent event = EventFormat.decode(record.headers(), record.value());
        if (event.getModel().equals(model)) {
          events.add(event);
        }
      } catch (InvalidProtocolBufferException e) {
        continue; // something else on the topic
      }
    }
    return events;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
