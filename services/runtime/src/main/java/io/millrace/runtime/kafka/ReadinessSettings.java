package io.millrace.runtime.kafka;

import io.millrace.settings.Section;
import java.time.Duration;

/**
 * When a service that needs brokers is not ready for want of them.
 *
 * @param brokerAway how long no broker may answer
 */
public record ReadinessSettings(Duration brokerAway) {

  /** Reads the section {@code readiness}. */
  public static ReadinessSettings read(Section section) {
    return new ReadinessSettings(
        section
            .duration(
                "broker_away",
                "How long no broker may answer before trainer and joiner are unready.")
            .check("at least 5s", away -> away.compareTo(BrokerWatch.PATIENCE) >= 0)
            .orElse(Duration.ofSeconds(30)));
  }
}
