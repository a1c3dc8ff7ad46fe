package io.millrace.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.lifecycle.Health;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker that goes away, with the test's clock. */
class BrokerWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MOST_LOOKS = 30; // each waits for an answer, or two seconds for none

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final AtomicLong nanos = new AtomicLong();
  private final Health health = new Health();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private BrokerWatch watch;

  @BeforeEach
  void begin() {
    watch(Optional.of(LIMIT));
  }

  @AfterEach
  void end() {
    watch.onClose();
    broker.close();
  }

  @Test
  void doWork_brokerAnswers_saysNothing() {
    pass(Duration.ofSeconds(60));

    watch.doWork();

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(secondsAway()).isZero();
  }

  @Test
  void doWork_noNameIsKnown_saysSoAsOfABrokerThatIsAway() {
    KafkaSettings unknown = new KafkaSettings("no-such-host.invalid:9092", Map.of());
    BrokerWatch early =
        new BrokerWatch(unknown, Optional.of(LIMIT), health, new SimpleMeterRegistry(), nanos::get);

    early.onStart();
    pass(Duration.ofSeconds(12));
    early.doWork();

    assertThat(health.reasonsAgainstReadiness())
        .containsEntry("brokers", "away for 12 s (no-such-host.invalid:9092)");
    early.onClose();
  }

  @Test
  void doWork_brokerIsAwayAndComesBack_saysForHowLongAndThenNothing() {
    // Given
    watch.doWork();
    broker.stop();
    watch.doWork();
    assertThat(health.reasonsAgainstReadiness()).as("at once").isEmpty();

    // When
    pass(Duration.ofSeconds(6));
    watch.doWork();

    // Then
    assertThat(health.reasonsAgainstReadiness()).as("within the limit").isEmpty();
    assertThat(health.remarks())
        .containsEntry("brokers", "away for 6 s (" + broker.bootstrapServers() + ")");

    // When
    pass(Duration.ofSeconds(6));
    watch.doWork();

    // Then
    assertThat(health.remarks()).isEmpty();
    assertThat(health.reasonsAgainstReadiness())
        .containsEntry("brokers", "away for 12 s (" + broker.bootstrapServers() + ")");
    assertThat(secondsAway()).isEqualTo(12);

    // When
    broker.start();
    for (int look = 0; secondsAway() > 0 && look < MOST_LOOKS; look++) {
      watch.doWork();
    }

    // Then
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(secondsAway()).isZero();
  }

  @Test
  void doWork_brokerIsAwayFromOneThatGoesOnWithout_isARemark() {
    watch.onClose();
    registry.clear();
    watch(Optional.empty());
    broker.stop();
    pass(Duration.ofSeconds(12));

    watch.doWork();

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(health.remarks()).containsKey("brokers");
  }

  private void watch(Optional<Duration> limit) {
    KafkaSettings settings = new KafkaSettings(broker.bootstrapServers(), Map.of());
    watch = new BrokerWatch(settings, limit, health, registry, nanos::get);
    watch.onStart();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private double secondsAway() {
    return registry.get("millrace.kafka.away.seconds").gauge().value();
  }
}
