package io.millrace.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record that could not be used, as written to its dead-letter topic. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
  private static final String PREFIX = "__dlq.errors.";
  private static final String TIMESTAMP = "timestamp";
  private static final String OMITTED = "omitted";

  /**
   * Returns the value of a header of the letter, such as {@code reason}, as one line of text; a
   * hyphen if it is absent.
   */
  public String says(String name) {
    return line(header(name));
  }

  /** Returns what is wrong with the record, and whether its value is missing here. */
  public String message() {
    return says("message")
        + (isWhole() ? "" : " (too large for this topic, %s left out)".formatted(says(OMITTED)));
  }

  /** Returns whether the letter has the record itself; a record that was too large is left out. */
  public boolean isWhole() {
    return record.headers().lastHeader(PREFIX + OMITTED) == null;
  }

  /** Returns the record's value as one line of text without control characters. */
  public String text() {
    return line(record.value());
  }

  /**
   * Returns the record as it was before it was rejected, for the topic that it came from.
   *
   * @param inItsTime whether it keeps its timestamp; otherwise it gets the time of writing
   */
  ProducerRecord<byte[], byte[]> restored(String topic, boolean inItsTime) {
    ProducerRecord<byte[], byte[]> restored = copy(topic, inItsTime ? time() : null);
    for (Header header : record.headers()) {
      if (header.key().startsWith(PREFIX)) {
        restored.headers().remove(header.key());
      }
    }
    return restored;
  }

  /** Returns a copy of the letter for the end of its topic. */
  ProducerRecord<byte[], byte[]> copy(String topic) {
    ProducerRecord<byte[], byte[]> copy = copy(topic, null);
    Long time = time();
    if (header(TIMESTAMP) == null && time != null) {
      copy.headers().add(PREFIX + TIMESTAMP, String.valueOf(time).getBytes(UTF_8));
    }
    return copy;
  }

  private ProducerRecord<byte[], byte[]> copy(String topic, @Nullable Long time) {
    return new ProducerRecord<>(topic, null, time, record.key(), record.value(), record.headers());
  }

  /** Returns the record's time. Letters of earlier versions have it as their own timestamp. */
  private @Nullable Long time() {
    byte[] said = header(TIMESTAMP);
    long time = record.timestamp();
    try {
      time = said == null ? time : Long.parseLong(new String(said, UTF_8));
    } catch (NumberFormatException e) {
      time = -1; // not one of our letters
    }
    return time < 0 ? null : (Long) time;
  }

  private byte @Nullable [] header(String name) {
    Header header = record.headers().lastHeader(PREFIX + name);
    return header == null ? null : header.value();
  }

  private static String line(byte @Nullable [] text) {
    return text == null ? "-" : new String(text, UTF_8).replaceAll("\\p{Cntrl}", "?");
  }
}
