package io.millrace.joiner.joining;

import io.millrace.runtime.kafka.RecordLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the topics that are written to take: what brokers say of it, and what is learned from
 * refusals, since brokers need not tell and clocks differ. A refusal ends the transaction, so the
 * same records come again, and what was refused then goes another way. Safe for any thread.
 */
public final class TopicLimits {
  /** Between making a record and the broker's look at it pass transactions and attempts. */
  private static final long MARGIN_MILLIS = 60_000;

  private static final Learned NOTHING = new Learned(Long.MAX_VALUE, Long.MIN_VALUE);

  private final Map<String, RecordLimits> told = new ConcurrentHashMap<>();
  private final Map<String, Learned> learned = new ConcurrentHashMap<>();

  /** Takes what brokers say of a topic. */
  public void tell(String topic, RecordLimits limits) {
    told.put(topic, limits);
  }

  /**
   * Learns from a refusal. One record whose time is refused takes along all of its batch, and any
   * of them may be named: so none that was made up to now keeps its time.
   *
   * @param record one of the batch that was refused
   */
  public void learn(ProducerRecord<byte[], byte[]> record, Exception reason) {
    Learned before = learned.getOrDefault(record.topic(), NOTHING);
    if (reason instanceof RecordTooLargeException) {
      learned.put(record.topic(), before.below(size(record.key(), record.value())));
    } else if (reason instanceof InvalidTimestampException
        || reason instanceof InvalidRecordException) {
      learned.put(record.topic(), before.after(System.currentTimeMillis()));
    }
  }

  /** Returns whether a topic takes a record by its key and size, as far as is known. */
  boolean takes(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return size(key, value) < learned.getOrDefault(topic, NOTHING).bytes()
        && told.getOrDefault(topic, RecordLimits.NONE).takes(key, value, headers);
  }

  /**
   * Returns whether a topic takes a timestamp, as far as is known.
   *
   * @param now the time of writing, in milliseconds
   */
  boolean takes(String topic, long timestamp, long now) {
    long age = told.getOrDefault(topic, RecordLimits.NONE).ageMillis();
    return timestamp > learned.getOrDefault(topic, NOTHING).timestamp()
        && now - timestamp <= age - MARGIN_MILLIS;
  }

  private static long size(byte @Nullable [] key, byte @Nullable [] value) {
    return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
  }

  /**
   * What a topic has refused.
   *
   * @param bytes of key and value, so many or more
   * @param timestamp up to this one
   */
  private record Learned(long bytes, long timestamp) {
    Learned below(long size) {
      return new Learned(Math.min(bytes, size), timestamp);
    }

    Learned after(long refused) {
      return new Learned(bytes, Math.max(timestamp, refused));
    }
  }
}
