package io.millrace.joiner.joining;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * What the topics that are written to do not take, learned from what they refused: the smallest
 * size and the newest timestamp. A refusal ends the transaction, so the same records come again,
 * and what was refused then goes another way. Safe for any thread.
 */
public final class TopicLimits {
  private static final int MOST_ATTEMPTS = 30;
  private static final Limit NONE = new Limit(Long.MAX_VALUE, Long.MIN_VALUE);

  private final Map<String, Limit> limits = new ConcurrentHashMap<>();
  private final AtomicBoolean learned = new AtomicBoolean();
  private final AtomicInteger attempts = new AtomicInteger();

  /** Learns from a refusal; returns whether there is something to do about it. */
  public boolean learn(ProducerRecord<byte[], byte[]> record, Exception reason) {
    Limit limit = of(record.topic());
    if (reason instanceof RecordTooLargeException) {
      limits.put(record.topic(), limit.below(size(record.key(), record.value())));
    } else if (reason instanceof InvalidTimestampException && record.timestamp() != null) {
      limits.put(record.topic(), limit.after(record.timestamp()));
    } else {
      return false;
    }
    learned.set(true);
    return true;
  }

  /**
   * Returns whether another attempt may pass after a failure: something was learned from it, or is
   * about to be, since a client tells of the failure before it tells of the record.
   */
  public boolean mayPass(Throwable failure) {
    if (learned.getAndSet(false)) {
      attempts.set(0);
      return true;
    }
    return isRefusal(failure) && attempts.incrementAndGet() <= MOST_ATTEMPTS;
  }

  private static boolean isRefusal(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof RecordTooLargeException
                    || cause instanceof InvalidTimestampException);
  }

  /** Returns whether a topic takes so large a record, as far as is known. */
  boolean takes(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    return size(key, value) < of(topic).bytes();
  }

  /** Returns whether a topic takes that timestamp, as far as is known. */
  boolean takes(String topic, long timestamp) {
    return timestamp > of(topic).timestamp();
  }

  private Limit of(String topic) {
    return limits.getOrDefault(topic, NONE);
  }

  private static long size(byte @Nullable [] key, byte @Nullable [] value) {
    return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
  }

  /**
   * What a topic does not take.
   *
   * @param bytes of key and value, so many or more
   * @param timestamp up to this one
   */
  private record Limit(long bytes, long timestamp) {
    Limit below(long size) {
      return new Limit(Math.min(bytes, size), timestamp);
    }

    Limit after(long refused) {
      return new Limit(bytes, Math.max(timestamp, refused));
    }
  }
}
