package io.millrace.trainer.tracing;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.runtime.tracing.Tracing;
import io.millrace.trainer.publishing.CheckpointSink;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes checkpoints, each within a span that is linked to the traces of its records. The
 * checkpoint names the span, so that a predictor's loading of it belongs to the same trace. Owned
 * by the training thread.
 *
 * @param model the model's name
 */
public record TracedCheckpoints(
    CheckpointSink sink, Tracer tracer, RecordTraces records, String model)
    implements CheckpointSink {

  @Override
  public long nextVersion() {
    return sink.nextVersion();
  }

  @Override
  public long write(
      Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
    SpanBuilder builder =
        tracer
            .spanBuilder("checkpoint " + model)
            .setSpanKind(SpanKind.PRODUCER)
            .setNoParent()
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.batch.message_count", records.records())
            .setAttribute("millrace.model", model)
            .setAttribute("millrace.version", nextVersion())
            .setAttribute("millrace.champion", champion.version());
    records.linkFrom(builder);
    Span span = builder.startSpan();
    try {
      long version = sink.write(snapshot.tracedBy(Tracing.traceparent(span)), covered, champion);
      records.clear();
      return version;
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }
}
