package io.millrace.fleet.keyed;

import io.millrace.streams.TopicLimits;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.publishing.Letter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes rejected records, as a trainer does. What the topic does not take is written without the
 * record's content, or left out. Owned by the partition's thread.
 */
final class DeadLetters {
  private final ProcessorContext<byte[], byte[]> context;
  private final String topic;
  private final TopicLimits limits;

  DeadLetters(ProcessorContext<byte[], byte[]> context, String topic, TopicLimits limits) {
    this.context = context;
    this.topic = topic;
    this.limits = limits;
  }

  void write(ConsumerRecord<byte[], byte[]> source, Rejected rejected) {
    Letter letter = new Letter(topic, source, rejected);
    if (!takes(letter)) {
      letter.cut();
    }
    if (takes(letter)) {
      letter.record().ifPresent(this::forward);
    }
  }

  private boolean takes(Letter letter) {
    return letter
        .record()
        .filter(record -> limits.takes(topic, record.key(), record.value(), record.headers()))
        .isPresent();
  }

  private void forward(ProducerRecord<byte[], byte[]> letter) {
    context.forward(
        new Record<>(
            letter.key(), letter.value(), context.currentSystemTimeMs(), letter.headers()));
  }
}
