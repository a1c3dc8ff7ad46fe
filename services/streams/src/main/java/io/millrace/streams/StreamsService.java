package io.millrace.streams;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.kafka.AwaitBrokers;
import io.millrace.runtime.kafka.BrokersAwayException;
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
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application of Kafka Streams as a service. It writes in transactions that also contain its
 * state and its read positions (exactly-once v2). Several processes of one application share its
 * partitions.
 *
 * <p>The threads belong to Kafka Streams. Their exceptions are logged once here and passed to the
 * failure handler.
 */
public final class StreamsService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(StreamsService.class);

  private final StreamsApplication application;
  private final StreamsWork work;
  private final Health health;
  private final Metrics metrics;
  private final BiConsumer<String, Throwable> onFailure;
  private final OwnedThread beginning;
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable KafkaStreamsMetrics streamsMetrics;

  /**
   * @param onFailure takes the application's name and the cause, on a thread of Kafka Streams
   */
  public StreamsService(
      StreamsApplication application,
      StreamsWork work,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.application = application;
    this.work = work;
    this.health = health;
    this.metrics = metrics;
    this.onFailure = onFailure;
    health.notReady(name(), "starting");
    beginning =
        new OwnedThread(
            name() + "-beginning", new AwaitBrokers("topics", health, this::begin), onFailure);
  }

  @Override
  public String name() {
    return application.name();
  }

  /**
   * Starts the service. Processing begins once the brokers answer and the topics are prepared. What
   * is wrong with a topic is reported on the thread that waits for the brokers.
   *
   * @throws InvalidSettingsException if no Kafka client can be created from the settings
   */
  @Override
  public void start() {
    Topics.check(application.kafka());
    beginning.start();
  }

  /** Prepares the topics and starts the threads of Kafka Streams. */
  private void begin() {
    work.prepare();
    Properties properties = application.all();
    properties.put(RefusedOutput.LIMITS, work.limits());
    KafkaStreams started = new KafkaStreams(work.topology(), properties);
    started.setUncaughtExceptionHandler(new ThreadFailures(this::prepareAgain, this::failed));
    started.setStateListener((state, before) -> show(state));
    work.beforeStart(started);
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
    streamsMetrics.close();
    boolean closed =
        running.close(
            CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    return begun && closed;
  }

  /** Prepares the topics again. If that fails, what is known of them stays in use. */
  private void prepareAgain() {
    try {
      work.prepare();
    } catch (BrokersAwayException | InvalidSettingsException e) {
      return; // the next attempt to write reports the problem
    }
  }

  private void failed(Throwable failure) {
    LOGGER.atError().addKeyValue(LogKeys.SERVICE, name()).setCause(failure).log("Failed");
    onFailure.accept(name(), failure);
  }

  private void show(KafkaStreams.State state) {
    if (state == KafkaStreams.State.RUNNING) {
      health.ready(name());
    } else {
      health.notReady(name(), state.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }
}
