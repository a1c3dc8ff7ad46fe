package io.millrace.fleet;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.fleet.keyed.FleetTotals;
import io.millrace.fleet.keyed.FleetTotals.Count;
import io.millrace.fleet.keyed.ModelSize;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.streams.StreamsApplication;
import io.millrace.streams.StreamsService;
import io.millrace.trainer.TrainerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet as a service: it reads the records topic, and learns a model for each key. Several
 * processes of the same fleet share the partitions, and so the models.
 */
public final class FleetService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(FleetService.class);
  private static final String NAME = "fleet";

  /**
   * The record limit of the models' topics. A model of a fleet is small; its window counts, too.
   */
  private static final int ENTRY_BYTES = 16 << 20;

  private static final Duration SHORT_INTERVAL = Duration.ofSeconds(5);

  /** A transaction may be open for longer than the time between two. */
  private static final Duration TRANSACTION_MARGIN = Duration.ofSeconds(10);

  /** Leaves room for what an estimate leaves out. */
  private static final long MOST_BYTES = ENTRY_BYTES / 2;

  private static final int KIBIBYTE = 1024;

  private final TrainerSettings trainer;
  private final FleetTotals totals = new FleetTotals();
  private final Restored restored = new Restored();
  private final Metrics metrics;
  private final StreamsService streams;

  /**
   * @param onFailure takes this service's name and the cause, on a thread of Kafka Streams
   */
  public FleetService(
      FleetSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.trainer = settings.trainer();
    this.metrics = metrics;
    streams =
        new StreamsService(
            application(settings),
            new FleetWork(settings, totals, restored),
            health,
            metrics,
            onFailure);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Starts the service. Learning begins once the brokers answer and the records topic exists.
   *
   * @throws InvalidSettingsException if no Kafka client can be created from the settings, or a
   *     model is too large for a fleet
   */
  @Override
  public void start() {
    checkSize();
    trainer.learner().warnings(trainer.definition()).forEach(LOGGER::warn);
    register(metrics.registry());
    streams.start();
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    return streams.stop(patience);
  }

  /** Returns what this process has done. Safe for any thread. */
  public FleetTotals totals() {
    return totals;
  }

  static StreamsApplication application(FleetSettings settings) {
    Duration interval = settings.trainer().checkpoints().interval();
    Map<String, Object> properties = new HashMap<>();
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, interval.toMillis());
    if (interval.compareTo(SHORT_INTERVAL) > 0) { // else Kafka Streams' own ten seconds
      properties.put(
          StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          (int) interval.plus(TRANSACTION_MARGIN).toMillis());
    }
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), ENTRY_BYTES);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(ENTRY_BYTES));
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, (long) settings.cacheMegabytes() << 20);
    return new StreamsApplication(
        NAME,
        settings.applicationId(),
        settings.trainer().kafka(),
        settings.stateFolder(),
        properties);
  }

  /** Models that are too large for a record are too large for a cache, too. */
  private void checkSize() {
    long bytes = ModelSize.bytes(trainer);
    if (bytes > MOST_BYTES) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "fleet",
                  "has models whose state may take %d bytes each; allowed: at most %d, by a smaller"
                          .formatted(bytes, MOST_BYTES)
                      + " network, validation.window, drift.memory or training.replay.size")));
    }
    LOGGER.info("The state of a model takes {} KiB at most", bytes / KIBIBYTE + 1);
  }

  private void register(MeterRegistry registry) {
    for (Count count : new Count[] {Count.LEARNED, Count.HELD_OUT, Count.REJECTED}) {
      FunctionCounter.builder("millrace.fleet.records", totals, t -> t.of(count))
          .description("Records that this process has taken, by what became of them.")
          .tag("outcome", count.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    counter(registry, "batches", Count.BATCHES, "Mini-batches that this process has learned.");
    counter(registry, "created", Count.CREATED, "Models that began with the template.");
    counter(registry, "aged.out", Count.AGED_OUT, "Models given up because their key was idle.");
    FunctionCounter.builder("millrace.fleet.restored", restored, Restored::checkpoints)
        .description("Checkpoints restored from their topic, because they were not on disk.")
        .register(registry);
    Gauge.builder("millrace.fleet.models", totals, FleetTotals::models)
        .description("Models of the partitions that this process has now.")
        .register(registry);
  }

  private void counter(MeterRegistry registry, String name, Count count, String description) {
    FunctionCounter.builder("millrace.fleet." + name, totals, t -> t.of(count))
        .description(description)
        .register(registry);
  }
}
