package io.millrace.streams;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * Learns from records that brokers refuse. The transaction is lost in any case, so each refusal is
 * a failure of its thread. The learned limits let the next attempt succeed.
 */
public final class RefusedOutput implements ProductionExceptionHandler {
  /** The property that holds the {@link TopicLimits}. */
  static final String LIMITS = "millrace.topic.limits";

  private TopicLimits limits = new TopicLimits();

  @Override
  public void configure(Map<String, ?> properties) {
    limits = (TopicLimits) Objects.requireNonNull(properties.get(LIMITS));
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    limits.learn(record, exception);
    return Response.fail();
  }
}
