package io.millrace.runtime.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.runtime.management.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers once a second whether they are available. If none answers for some seconds,
 * health and the log say so, and also when one answers again. Past a limit, the process is not
 * ready. The gauge {@code millrace.kafka.away.seconds} is 0 while they answer. Kafka's own clients
 * wait silently.
 *
 * <p>Owned by its own thread.
 */
public final class BrokerWatch implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(BrokerWatch.class);
  private static final String PART = "brokers";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** How long brokers may be silent before they count as away. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaSettings settings;
  private final Optional<Duration> limit;
  private final Health health;
  private final LongSupplier nanoTime;
  private volatile long answeredAt;
  private volatile boolean away;
  private volatile @Nullable Thread thread;
  private @Nullable Admin admin;

  BrokerWatch(
      KafkaSettings settings,
      Optional<Duration> limit,
      Health health,
      MeterRegistry registry,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.limit = limit;
    this.health = health;
    this.nanoTime = nanoTime;
    this.answeredAt = nanoTime.getAsLong();
    Gauge.builder("millrace.kafka.away.seconds", this, BrokerWatch::secondsAway)
        .description("For how long no broker has answered; 0 while one does.")
        .register(registry);
  }

  /**
   * Returns a service that watches a process's brokers.
   *
   * @param limit how long they may be away before the process is not ready; empty if it works on
   *     with what it has, as a predictor does with its model
   */
  public static Service service(
      KafkaSettings settings,
      Optional<Duration> limit,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    BrokerWatch watch =
        new BrokerWatch(settings, limit, health, metrics.registry(), System::nanoTime);
    return new OwnedThread("broker-watch", watch, onFailure);
  }

  @Override
  public void onStart() {
    thread = Thread.currentThread();
  }

  @Override
  public void doWork() {
    try {
      connected().describeCluster().nodes().get();
      answered();
    } catch (BrokersAwayException e) { // no broker's name resolves so far
      missing(String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      missing(Answers.firstReason(e));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    LockSupport.parkNanos(this, PAUSE.toNanos());
  }

  @Override
  public void onClose() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  @Override
  public void wakeUp() {
    LockSupport.unpark(thread);
  }

  private Admin connected() {
    Admin present = admin;
    if (present != null) {
      return present;
    }
    Map<String, Object> properties = new ClientProperties(settings).admin("millrace-watch");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) PAUSE.toMillis());
    Admin made = Topics.admin(settings, properties);
    admin = made;
    return made;
  }

  private void answered() {
    if (away) {
      LOGGER.atInfo().log("The brokers answer again, after {} s", sinceAnswer().toSeconds());
      health.ready(PART);
    }
    away = false;
    answeredAt = nanoTime.getAsLong();
  }

  private void missing(String reason) {
    Duration since = sinceAnswer();
    if (since.compareTo(PATIENCE) < 0) {
      return;
    }
    if (!away) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.ADDRESS, settings.bootstrapServers())
          .addKeyValue(LogKeys.REASON, reason)
          .log("No broker has answered for {} s", since.toSeconds());
    }
    away = true;
    String text = "away for %d s (%s)".formatted(since.toSeconds(), settings.bootstrapServers());
    if (limit.filter(most -> since.compareTo(most) >= 0).isPresent()) {
      health.notReady(PART, text);
    } else {
      health.remark(PART, text);
    }
  }

  private double secondsAway() {
    return away ? sinceAnswer().toMillis() / 1000.0 : 0;
  }

  private Duration sinceAnswer() {
    return Duration.ofNanos(nanoTime.getAsLong() - answeredAt);
  }
}
