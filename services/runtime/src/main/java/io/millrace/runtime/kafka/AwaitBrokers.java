package io.millrace.runtime.kafka;

import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Work;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a service that needs brokers. It retries, with growing pauses, until they are
 * available. A process that exited instead would be restarted again and again.
 */
public final class AwaitBrokers implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(AwaitBrokers.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String part;
  private final Health health;
  private final Runnable beginning;
  private Duration pause = FIRST_PAUSE;
  private boolean done;
  private volatile @Nullable Thread thread;

  /**
   * @param part what is not ready until the beginning is done
   * @param beginning runs until it succeeds once; it throws {@link BrokersAwayException} before it
   *     takes any resource
   */
  public AwaitBrokers(String part, Health health, Runnable beginning) {
    this.part = part;
    this.health = health;
    this.beginning = beginning;
    health.notReady(part, "asks for the brokers");
  }

  @Override
  public void onStart() {
    thread = Thread.currentThread();
  }

  @Override
  public void doWork() {
    if (done) {
      LockSupport.park(this); // until the thread is stopped
      return;
    }
    try {
      beginning.run();
      done = true;
      health.ready(part);
    } catch (BrokersAwayException e) {
      await(e);
    }
  }

  @Override
  public void wakeUp() {
    LockSupport.unpark(thread);
  }

  private void await(BrokersAwayException reason) {
    health.notReady(part, "waits for the brokers: " + reason.getMessage());
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.SERVICE, part)
        .addKeyValue(LogKeys.REASON, reason.getMessage())
        .log("Waits for the brokers");
    LockSupport.parkNanos(this, pause.toNanos());
    pause = longer(pause);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
