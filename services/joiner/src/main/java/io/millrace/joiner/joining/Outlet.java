package io.millrace.joiner.joining;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.streams.TopicLimits;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes records that have an outcome. Joined ones go to the records topic. The others, if
 * configured, go to their own topic unchanged, except for headers that name the outcome. A record
 * that is too large, or that its topic refuses, is written without key and value. A timestamp that
 * a topic refuses is replaced by the time of writing. Confined to the task's thread.
 */
final class Outlet {
  /** The label of an {@link Outcome}. */
  static final String OUTCOME_HEADER = "millrace.join.outcome";

  /** {@code features} or {@code label}. */
  static final String SIDE_HEADER = "millrace.join.side";

  private final ProcessorContext<byte[], byte[]> context;
  private final TopicLimits limits;
  private final String records;
  private final @Nullable String unjoined;

  Outlet(ProcessorContext<byte[], byte[]> context, JoinSettings settings, TopicLimits limits) {
    this.context = context;
    this.limits = limits;
    this.records = settings.recordsTopic();
    this.unjoined = settings.unjoinedTopic().orElse(null);
  }

  /** Writes a labelled record. Returns whether the topic accepts it. */
  boolean joined(Record<byte[], byte[]> record) {
    Headers none = new RecordHeaders();
    if (!limits.takes(records, record.key(), record.value(), none)) {
      return false;
    }
    long time = time(records, record.timestamp());
    context.forward(record.withHeaders(none).withTimestamp(time), JoinTopology.RECORDS);
    return true;
  }

  void unjoined(Outcome outcome, Side side, Record<byte[], byte[]> record) {
    if (unjoined == null) {
      return;
    }
    Headers headers =
        new RecordHeaders()
            .add(OUTCOME_HEADER, outcome.label().getBytes(UTF_8))
            .add(SIDE_HEADER, side.label().getBytes(UTF_8));
    boolean whole =
        outcome != Outcome.TOO_LARGE
            && limits.takes(unjoined, record.key(), record.value(), headers);
    if (!whole && !limits.takes(unjoined, null, null, headers)) {
      return; // the topic accepts nothing at all, and the counted record need not be written
    }
    context.forward(
        new Record<>(
            whole ? record.key() : null,
            whole ? record.value() : null,
            time(unjoined, record.timestamp()),
            headers),
        JoinTopology.UNJOINED);
  }

  private long time(String topic, long timestamp) {
    long now = context.currentSystemTimeMs();
    return limits.takes(topic, timestamp, now) ? timestamp : now;
  }
}
