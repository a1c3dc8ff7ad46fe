package io.millrace.trainer.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.trainer.decoding.shared.Rejected;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record as a dead letter. It is whole at first. Depending on what the brokers accept,
 * it is then cut to its added headers, or left out. Owned by the training thread.
 */
public final class Letter {
  private static final String PREFIX = "__dlq.errors.";

  private final String topic;
  private final ConsumerRecord<byte[], byte[]> source;
  private final Rejected rejected;
  private final long size;
  private boolean whole = true;
  private @Nullable ProducerRecord<byte[], byte[]> record;

  /**
   * @param topic the topic of the dead letters
   */
  public Letter(String topic, ConsumerRecord<byte[], byte[]> source, Rejected rejected) {
    this.topic = topic;
    this.source = source;
    this.rejected = rejected;
    this.size = size(source);
    this.record = written();
  }

  /** Returns the size of the rejected record in bytes, including its headers. */
  long size() {
    return size;
  }

  boolean isWhole() {
    return whole;
  }

  /**
   * Returns the record to write, the same object until the letter changes; empty if it is left out.
   */
  public Optional<ProducerRecord<byte[], byte[]>> record() {
    return Optional.ofNullable(record);
  }

  /** Removes the rejected record's key, value and headers. */
  public void cut() {
    whole = false;
    record = written();
  }

  /** Leaves out the letter. */
  void passOver() {
    record = null;
  }

  /** The timestamp is the time of writing, because retention and timestamp limits depend on it. */
  private ProducerRecord<byte[], byte[]> written() {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            topic,
            null,
            null,
            whole ? source.key() : null,
            whole ? source.value() : null,
            whole ? source.headers() : null);
    Headers headers = letter.headers();
    add(headers, "topic", source.topic());
    add(headers, "partition", String.valueOf(source.partition()));
    add(headers, "offset", String.valueOf(source.offset()));
    if (source.timestamp() >= 0) {
      add(headers, "timestamp", String.valueOf(source.timestamp()));
    }
    add(headers, "reason", rejected.reason().name());
    add(headers, "message", rejected.message());
    if (rejected.field() != null) {
      add(headers, "field", rejected.field());
    }
    if (!whole) {
      add(headers, "omitted", size + " bytes");
    }
    return letter;
  }

  private static void add(Headers headers, String name, String text) {
    headers.add(PREFIX + name, text.getBytes(UTF_8));
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long size =
        Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
    for (Header header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }
}
