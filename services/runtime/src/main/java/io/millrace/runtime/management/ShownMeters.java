package io.millrace.runtime.management;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which meters are shown: Millrace's own, and of the JVM's and Kafka's those that an operator acts
 * on. Kafka's clients have hundreds, most of them averages over windows of their own, which cannot
 * be summed up, or times in milliseconds.
 */
final class ShownMeters implements MeterFilter {
  private static final String OWN = "millrace.";

  /** Memory, garbage collection, processor and age of the process. */
  private static final Set<String> JVM =
      Set.of(
          "jvm.buffer.memory.used",
          "jvm.gc.memory.allocated",
          "jvm.gc.pause",
          "jvm.memory.committed",
          "jvm.memory.max",
          "jvm.memory.used",
          "jvm.threads.live",
          "process.cpu.usage",
          "process.start.time");

  /** How far behind and how fast, what was refused, and whether there are rebalances. */
  private static final Set<String> KAFKA =
      Set.of(
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.failed.authentication.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.records.lag",
          "kafka.producer.failed.authentication.total",
          "kafka.producer.outgoing.byte.total",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.send.total",
          "kafka.stream.alive.stream.threads");

  /**
   * What is fetched is shown by topic. Kafka has the sums over topics under the same names, which
   * Prometheus does not take beside them.
   */
  private static final String BY_TOPIC = "kafka.consumer.fetch.manager.";

  static Set<String> ofOthers() {
    return Stream.of(JVM, KAFKA).flatMap(Set::stream).collect(Collectors.toSet());
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    boolean isSum = name.startsWith(BY_TOPIC) && id.getTag("topic") == null;
    return name.startsWith(OWN) || JVM.contains(name) || (KAFKA.contains(name) && !isSum)
        ? MeterFilterReply.ACCEPT
        : MeterFilterReply.DENY;
  }
}
