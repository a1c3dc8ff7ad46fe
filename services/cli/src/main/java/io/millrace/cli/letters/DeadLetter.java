package io.millrace.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A record that could not be used, as it stands on its topic. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
  private static final String PREFIX = "__dlq.errors.";

  /**
   * Returns what a header of the letter says, such as {@code reason}; a hyphen where it is none.
   */
  public String says(String name) {
    Header header = record.headers().lastHeader(PREFIX + name);
    return header == null || header.value() == null ? "-" : new String(header.value(), UTF_8);
  }

  /** Returns whether the record itself is there; one that was too large is not. */
  public boolean isWhole() {
    return record.headers().lastHeader(PREFIX + "omitted") == null;
  }

  /** Returns the record's value as one line of text that a terminal shows and does not obey. */
  public String text() {
    byte[] value = record.value();
    return value == null ? "-" : new String(value, UTF_8).replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the record as it was before it was rejected, for the topic that it came from. */
  ProducerRecord<byte[], byte[]> restored(String topic) {
    ProducerRecord<byte[], byte[]> restored = copy(topic);
    for (Header header : record.headers()) {
      if (header.key().startsWith(PREFIX)) {
        restored.headers().remove(header.key());
      }
    }
    return restored;
  }

  /** Returns the letter as it is, for the end of its topic. */
  ProducerRecord<byte[], byte[]> copy(String topic) {
    Long timestamp = record.timestamp() < 0 ? null : (Long) record.timestamp();
    return new ProducerRecord<>(
        topic, null, timestamp, record.key(), record.value(), record.headers());
  }
}
