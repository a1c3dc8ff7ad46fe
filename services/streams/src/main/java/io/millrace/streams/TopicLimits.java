package io.millrace.streams;

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
 * The limits of the topics that are written: those that the brokers report, and those learned from
 * refusals, since brokers may not report all and clocks differ. A refusal ends the transaction, so
 * the same records come again, and are then written in a form that the topic accepts. Safe for any
 * thread.
 */
public final class TopicLimits {
  /** Transactions and retries may pass between creating a record and the broker's check. */
  private static final long MARGIN_MILLIS = 60_000;

  private static final Learned NOTHING = new Learned(Long.MAX_VALUE, Long.MIN_VALUE);

  private final Map<String, RecordLimits> told = new ConcurrentHashMap<>();
  private final Map<String, Learned> learned = new ConcurrentHashMap<>();

  /** Sets the limits that the brokers report for a topic. */
  public void tell(String topic, RecordLimits limits) {
    told.put(topic, limits);
  }

  /**
   * Learns from a refusal. If a record's timestamp is refused, its whole batch is refused, and the
   * exception may name any record of it. So all timestamps up to now are then replaced.
   *
   * @param record one of the refused batch
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

  /** Returns whether a topic accepts a record's key and size, as far as is known. */
  public boolean takes(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return size(key, value) < learned.getOrDefault(topic, NOTHING).bytes()
        && told.getOrDefault(topic, RecordLimits.NONE).takes(key, value, headers);
  }

  /**
   * Returns whether a topic accepts a timestamp, as far as is known.
   *
   * @param now the time of writing, in milliseconds
   */
  public boolean takes(String topic, long timestamp, long now) {
    long age = told.getOrDefault(topic, RecordLimits.NONE).ageMillis();
    return timestamp > learned.getOrDefault(topic, NOTHING).timestamp()
        && now - timestamp <= age - MARGIN_MILLIS;
  }

  private static long size(byte @Nullable [] key, byte @Nullable [] value) {
    return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
  }

  /**
   * The limits learned from a topic's refusals.
   *
   * @param bytes the size of key and value from which records are refused
   * @param timestamp the timestamp up to which records are refused
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
