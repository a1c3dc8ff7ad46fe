package io.millrace.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.runtime.LogKeys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts records on Millrace's own topics that cannot be read. Anybody may write to a
 * topic, so such records are skipped. A topic may be read more than once; each of the newest
 * {@value #REMEMBERED} records is told once. Safe for any thread.
 */
final class PassedOver {
  private static final Logger LOGGER = LoggerFactory.getLogger(PassedOver.class);

  private static final int REMEMBERED = 1000;

  private final MeterRegistry registry;
  private final Set<String> told =
      Collections.synchronizedSet(Collections.newSetFromMap(new Newest()));

  /**
   * @param topics topics that are read, whose counts are shown from the start
   */
  PassedOver(MeterRegistry registry, String... topics) {
    this.registry = registry;
    for (String topic : topics) {
      count(topic);
    }
  }

  void refused(String topic, long offset, String reason) {
    if (!told.add(topic + "@" + offset)) {
      return;
    }
    count(topic).increment();
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.TOPIC, topic)
        .addKeyValue(LogKeys.OFFSET, offset)
        .addKeyValue(LogKeys.REASON, reason)
        .log("Passed over");
  }

  private Counter count(String topic) {
    return Counter.builder("millrace.trainer.refused")
        .description("Records on Millrace's own topics that are none of what is read there.")
        .tag("topic", topic)
        .register(registry);
  }

  /** The newest records that were told, so that a flood of garbage takes no memory. */
  private static final class Newest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }
}
