package io.millrace.fleet.keyed;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands on the records topic, also behind the topic that brings together what has
 * one key. There its position, its time and its own key are in a header, since those of the topic
 * between differ after a crash.
 *
 * @param key the key of the model; null if the record has none
 * @param record the record on the records topic
 */
record Source(byte @Nullable [] key, ConsumerRecord<byte[], byte[]> record) {
  private static final String HEADER = "millrace.fleet.source";

  /**
   * @param topic the records topic
   */
  static Source of(String topic, RecordMetadata metadata, Record<byte[], byte[]> streamed) {
    if (topic.equals(metadata.topic())) { // anybody can write a header there
      long time = streamed.timestamp();
      return new Source(
          streamed.key(),
          record(topic, metadata.partition(), metadata.offset(), time, streamed.key(), streamed));
    }
    Header carried = Objects.requireNonNull(streamed.headers().lastHeader(HEADER));
    ByteBuffer source = ByteBuffer.wrap(carried.value());
    int partition = source.getInt();
    long offset = source.getLong();
    long time = source.getLong();
    byte[] key = source.get() == 1 ? new byte[source.remaining()] : null;
    if (key != null) {
      source.get(key);
    }
    return new Source(streamed.key(), record(topic, partition, offset, time, key, streamed));
  }

  /** Returns the record for the topic between, under the key of its model. */
  Record<byte[], byte[]> keyedBy(byte[] modelKey) {
    byte[] own = record.key();
    ByteBuffer source =
        ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES + 1 + (own == null ? 0 : own.length))
            .putInt(partition())
            .putLong(offset())
            .putLong(timeMillis())
            .put((byte) (own == null ? 0 : 1));
    if (own != null) {
      source.put(own);
    }
    Headers headers = new RecordHeaders(record.headers()).add(HEADER, source.array());
    return new Record<>(modelKey, record.value(), timeMillis(), headers);
  }

  int partition() {
    return record.partition();
  }

  long offset() {
    return record.offset();
  }

  long timeMillis() {
    return record.timestamp();
  }

  byte[] value() {
    return record.value();
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic,
      int partition,
      long offset,
      long time,
      byte @Nullable [] key,
      Record<byte[], byte[]> streamed) {
    Headers headers = new RecordHeaders(streamed.headers()).remove(HEADER);
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        time,
        TimestampType.CREATE_TIME,
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        streamed.value() == null ? ConsumerRecord.NULL_SIZE : streamed.value().length,
        key,
        streamed.value(),
        headers,
        Optional.empty());
  }
}
