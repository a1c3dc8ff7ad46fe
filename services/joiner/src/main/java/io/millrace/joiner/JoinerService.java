package io.millrace.joiner;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.millrace.joiner.joining.JoinTotals;
import io.millrace.joiner.joining.Outcome;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.streams.StreamsApplication;
import io.millrace.streams.StreamsService;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The joiner as a service. It reads features and labels and writes labelled records. Several
 * processes of the same model share its partitions.
 */
public final class JoinerService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(JoinerService.class);
  private static final String NAME = "joiner";

  private final JoinTotals totals = new JoinTotals();
  private final Metrics metrics;
  private final StreamsService streams;

  /**
   * @param onFailure takes this service's name and the cause, on a thread of Kafka Streams
   */
  public JoinerService(
      JoinerSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.metrics = metrics;
    streams =
        new StreamsService(
            application(settings), new Joining(settings, totals), health, metrics, onFailure);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Starts the service. Joining begins once the brokers answer and the topics exist. If a topic is
   * missing, or if the two topics differ in their number of partitions, that is reported on the
   * thread that waits for the brokers.
   *
   * @throws InvalidSettingsException if no Kafka client can be created from the settings
   */
  @Override
  public void start() {
    for (Outcome outcome : Outcome.values()) {
      register(outcome);
    }
    streams.start();
  }

  /** Ends the open transaction and leaves the group, so that other processes take over at once. */
  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    logTotals();
    return streams.stop(patience);
  }

  /** Returns the number of records by outcome. Safe for any thread. */
  public JoinTotals totals() {
    return totals;
  }

  static StreamsApplication application(JoinerSettings settings) {
    return new StreamsApplication(
        NAME, settings.applicationId(), settings.kafka(), settings.stateFolder(), Map.of());
  }

  private void register(Outcome outcome) {
    FunctionCounter.builder("millrace.joiner.records", totals, t -> t.countedHere(outcome))
        .description("Records that this process has joined or given up, by how they ended.")
        .tag("outcome", outcome.label())
        .register(metrics.registry());
    Gauge.builder("millrace.joiner.ledger.records", totals, t -> t.of(outcome))
        .description("The same over all time, exact across crashes, of the partitions it has now.")
        .tag("outcome", outcome.label())
        .register(metrics.registry());
  }

  private void logTotals() {
    LoggingEventBuilder event = LOGGER.atInfo();
    for (Outcome outcome : Outcome.values()) {
      event = event.addKeyValue(outcome.label(), totals.of(outcome));
    }
    event.log("Joined so far");
  }
}
