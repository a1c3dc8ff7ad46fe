package io.millrace.trainer.intake;

import io.millrace.runtime.LogKeys;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns about records whose timestamps lie well after the time they were read, for example because
 * the producer writes microseconds instead of milliseconds. It logs the first such record, then at
 * most one a minute. Learning does not depend on it. Owned by the training thread.
 */
final class TimestampWatch {
  private static final Logger LOGGER = LoggerFactory.getLogger(TimestampWatch.class);

  /** How far brokers let timestamps be ahead by default. */
  private static final long TOLERANCE_MILLIS = Duration.ofHours(1).toMillis();

  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private long latest = Long.MAX_VALUE;
  private long quietUntil = Long.MIN_VALUE;
  private long ahead;

  TimestampWatch(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets the current time as the read time of the next records. */
  void polled() {
    latest = clock.millis() + TOLERANCE_MILLIS;
  }

  void see(ConsumerRecord<byte[], byte[]> record) {
    if (record.timestamp() > latest) {
      warn(record);
    }
  }

  private void warn(ConsumerRecord<byte[], byte[]> record) {
    ahead++;
    long now = latest - TOLERANCE_MILLIS;
    if (now < quietUntil) {
      return;
    }
    quietUntil = now + PAUSE_MILLIS;
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.TOPIC, record.topic())
        .addKeyValue(LogKeys.PARTITION, record.partition())
        .addKeyValue(LogKeys.OFFSET, record.offset())
        .log(
            "The record's timestamp, {} ms since the epoch, lies ahead of the clock, as did those"
                + " of {} records so far; windows and intervals that are times go by the others",
            record.timestamp(),
            ahead - 1);
  }
}
