package io.millrace.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.runtime.LogKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts records on Millrace's own topics that cannot be read. Anybody may write to a
 * topic, so such records are skipped. Safe for any thread.
 */
final class PassedOver {
  private static final Logger LOGGER = LoggerFactory.getLogger(PassedOver.class);

  private final MeterRegistry registry;

  PassedOver(MeterRegistry registry) {
    this.registry = registry;
  }

  void refused(String topic, long offset, String reason) {
    Counter.builder("millrace.trainer.refused")
        .description("What stood on a topic and was none of what is read there.")
        .tag("topic", topic)
        .register(registry)
        .increment();
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.TOPIC, topic)
        .addKeyValue(LogKeys.OFFSET, offset)
        .addKeyValue(LogKeys.REASON, reason)
        .log("Passed over");
  }
}
