package io.millrace.joiner;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.joiner.joining.JoinTopology;
import io.millrace.joiner.joining.JoinTotals;
import io.millrace.joiner.joining.Outcome;
import io.millrace.joiner.joining.TopicLimits;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.kafka.AwaitBrokers;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The joiner as a service. It reads features and labels and writes labelled records, in
 * transactions that also contain its state and its read positions (exactly-once v2).
 *
 * <p>The threads belong to Kafka Streams. Their exceptions are logged once here and passed to the
 * failure handler. Several processes of the same model share its partitions.
 */
public final class JoinerService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(JoinerService.class);
  private static final String NAME = "joiner";

  /** The record limit of the state's topics, which overrides the brokers' default. */
  private static final String ENTRY_BYTES = "1048588";

  /**
   * Lets the state's topics accept entries of records of any time, regardless of the brokers'
   * limits.
   */
  private static final String BROKERS_TIME = "LogAppendTime";

  private final JoinerSettings settings;
  private final Health health;
  private final Metrics metrics;
  private final BiConsumer<String, Throwable> onFailure;
  private final JoinTotals totals = new JoinTotals();
  private final TopicLimits limits = new TopicLimits();
  private final JoinerTopics topics;
  private final OwnedThread beginning;
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable KafkaStreamsMetrics streamsMetrics;

  /**
   * @param onFailure takes this service's name and the cause, on a thread of Kafka Streams
   */
  public JoinerService(
      JoinerSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.settings = settings;
    this.health = health;
    this.metrics = metrics;
    this.onFailure = onFailure;
    topics = new JoinerTopics(settings, limits);
    health.notReady(NAME, "starting");
    beginning =
        new OwnedThread(
            "joiner-beginning", new AwaitBrokers("topics", health, this::begin), onFailure);
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
    Topics.check(settings.kafka());
    for (Outcome outcome : Outcome.values()) {
      register(outcome);
    }
    beginning.start();
  }

  /** Prepares the topics and starts the threads of Kafka Streams. */
  private void begin() {
    topics.prepare();
    Properties properties = properties(settings);
    properties.put(RefusedOutput.LIMITS, limits);
    KafkaStreams started =
        new KafkaStreams(JoinTopology.of(settings.join(), totals, limits), properties);
    started.setUncaughtExceptionHandler(new ThreadFailures(topics::prepareAgain, this::failed));
    started.setStateListener((state, before) -> show(state));
    streams = started;
    KafkaStreamsMetrics shown =
        new KafkaStreamsMetrics(started, metrics.ofModel(), metrics.meterSearch());
    streamsMetrics = shown;
    shown.bindTo(metrics.registry());
    started.start();
  }

  /** Ends the open transaction and leaves the group, so that other processes take over at once. */
  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean begun = beginning.stop(patience); // nothing is started after this
    KafkaStreams running = streams;
    if (running == null || streamsMetrics == null) {
      return begun;
    }
    logTotals();
    streamsMetrics.close();
    boolean closed =
        running.close(
            CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    return begun && closed;
  }

  /** Returns the number of records by outcome. Safe for any thread. */
  public JoinTotals totals() {
    return totals;
  }

  static Properties properties(JoinerSettings settings) {
    Properties properties = new Properties();
    properties.putAll(new ClientProperties(settings.kafka()).streams());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, "millrace-" + settings.applicationId());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateFolder().toString());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStoreMemory.class);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), ENTRY_BYTES);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), BROKERS_TIME);
    properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedOutput.class);
    return properties;
  }

  private void failed(Throwable failure) {
    LOGGER.atError().addKeyValue(LogKeys.SERVICE, NAME).setCause(failure).log("Failed");
    onFailure.accept(NAME, failure);
  }

  private void show(KafkaStreams.State state) {
    if (state == KafkaStreams.State.RUNNING) {
      health.ready(NAME);
    } else {
      health.notReady(NAME, state.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
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
