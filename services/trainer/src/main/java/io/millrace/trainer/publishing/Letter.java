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
 * A rejected record on its way to the dead letters: whole at first, else without key, value and
 * headers, else not at all, depending on what brokers take. Owned by the training thread.
 */
final class Letter {
  private static final String PREFIX = "__dlq.errors.";

  private final String topic;
  private final ConsumerRecord<byte[], byte[]> source;
  private final Rejected rejected;
  private final long size;
  private boolean whole = true;
  private @Nullable ProducerRecord<byte[], byte[]> record;

  /**
   * @param topic of the dead letters
   */
  Letter(String topic, ConsumerRecord<byte[], byte[]> source, Rejected rejected) {
    this.topic = topic;
    this.source = source;
    this.rejected = rejected;
    this.size = size(source);
    this.record = written();
  }

  /** Returns how many bytes the rejected record has, its headers included. */
  long size() {
    return size;
  }

  boolean isWhole() {
    return whole;
  }

  /** Returns what is to be written, the same object until that changes; empty for nothing. */
  Optional<ProducerRecord<byte[], byte[]>> record() {
    return Optional.ofNullable(record);
  }

  /** Leaves out what the record holds. */
  void cut() {
    whole = false;
    record = written();
  }

  /** Leaves out the letter. */
  void passOver() {
    record = null;
  }

  /** The timestamp is that of writing: retention and limits of timestamps go by it. */
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
