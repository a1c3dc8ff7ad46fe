package io.millrace.trainer.tracing;

import io.millrace.runtime.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The traces of the records since the last checkpoint, as their headers name them: the first
 * {@value #MOST} that are sampled, since a checkpoint covers up to hundreds of thousands. Costs one
 * look at a boolean a record where tracing is off. Owned by the training thread.
 */
public final class RecordTraces {
  /** Takes note of none. */
  public static final RecordTraces NONE = new RecordTraces(false);

  static final int MOST = 32;

  private final boolean isOn;
  private final List<SpanContext> traces = new ArrayList<>();
  private long records;

  /**
   * @param isOn whether anything is traced
   */
  public RecordTraces(boolean isOn) {
    this.isOn = isOn;
  }

  /** Takes note of a record that is processed. */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    if (isOn) {
      records++;
      if (traces.size() < MOST) {
        addTrace(record);
      }
    }
  }

  private void addTrace(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Tracing.HEADER);
    if (header != null && header.value() != null) {
      String value = new String(header.value(), StandardCharsets.US_ASCII);
      SpanContext trace = Span.fromContext(Tracing.contextOf(value)).getSpanContext();
      if (trace.isSampled()) {
        traces.add(trace);
      }
    }
  }

  /** Returns how many records were processed since the last checkpoint. */
  long records() {
    return records;
  }

  void linkFrom(SpanBuilder span) {
    traces.forEach(span::addLink);
  }

  /** Begins anew after a checkpoint. */
  public void clear() {
    traces.clear();
    records = 0;
  }
}
