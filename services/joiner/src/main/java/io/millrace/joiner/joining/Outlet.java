package io.millrace.joiner.joining;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where records go that have ended: those that were joined to the records topic, the others, if
 * anybody asked for them, to a topic of their own, as they came but for their headers, which say
 * how they ended. One that is too large goes without key and value.
 */
final class Outlet {
  /** An {@link Outcome}'s label. */
  static final String OUTCOME_HEADER = "millrace.join.outcome";

  /** {@code features} or {@code label}. */
  static final String SIDE_HEADER = "millrace.join.side";

  private final ProcessorContext<byte[], byte[]> context;
  private final boolean writesUnjoined;

  Outlet(ProcessorContext<byte[], byte[]> context, boolean writesUnjoined) {
    this.context = context;
    this.writesUnjoined = writesUnjoined;
  }

  void joined(Record<byte[], byte[]> record) {
    context.forward(record.withHeaders(new RecordHeaders()), JoinTopology.RECORDS);
  }

  void unjoined(Outcome outcome, Side side, Record<byte[], byte[]> record) {
    if (!writesUnjoined) {
      return;
    }
    Headers headers =
        new RecordHeaders()
            .add(OUTCOME_HEADER, outcome.label().getBytes(UTF_8))
            .add(SIDE_HEADER, side.label().getBytes(UTF_8));
    boolean whole = outcome != Outcome.TOO_LARGE;
    context.forward(
        new Record<>(
            whole ? record.key() : null,
            whole ? record.value() : null,
            record.timestamp(),
            headers),
        JoinTopology.UNJOINED);
  }
}
