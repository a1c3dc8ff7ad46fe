package io.millrace.runtime.lifecycle;

import io.millrace.runtime.LogKeys;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process: its services start in order, and stop in the opposite order when the
 * process is told to terminate or one of them fails.
 *
 * <p>The main thread starts the services and waits in {@link #awaitEnd}. A signal to terminate runs
 * {@link #stop} in the JVM's shutdown hook, and the hook waits for it, so that the JVM does not
 * leave while a service publishes; past the deadline it leaves all the same.
 *
 * <p>Stopping goes: readiness off; a drain, in which callers come to know that; then each service,
 * which ends its intake, finishes its step, publishes and closes. Safe for any thread.
 */
public final class Lifecycle implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Lifecycle.class);
  private static final String PART = "lifecycle";

  private final Health health;
  private final Duration drain;
  private final Duration deadline;
  private final Thread hook = new Thread(this::stop, "millrace-shutdown");
  private final Deque<Service> started = new ArrayDeque<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Begins the life of this process and takes charge of its end.
   *
   * @param drain how long callers have to notice that this process is no longer ready
   * @param deadline how long stopping may take after that
   */
  public static Lifecycle begin(Health health, Duration drain, Duration deadline) {
    Lifecycle lifecycle = new Lifecycle(health, drain, deadline);
    Runtime.getRuntime().addShutdownHook(lifecycle.hook);
    return lifecycle;
  }

  private Lifecycle(Health health, Duration drain, Duration deadline) {
    this.health = health;
    this.drain = drain;
    this.deadline = deadline;
    health.notReady(PART, "starting");
  }

  /** Starts a service, unless the end has begun. */
  public void start(Service service) throws InterruptedException {
    synchronized (started) {
      if (ending.getCount() > 0) {
        service.start();
        started.push(service);
      }
    }
  }

  /** Says that every service was started, so that readiness is up to them. */
  public void ready() {
    synchronized (started) {
      if (ending.getCount() > 0) {
        health.ready(PART);
      }
    }
  }

  /** Takes a service's failure: the process is no longer alive and its end begins. */
  public void failed(String service, Throwable cause) {
    health.failed(service, "failed with " + cause.getClass().getSimpleName());
    failure.compareAndSet(null, cause);
    ending.countDown();
  }

  /**
   * Is ready, waits for the end and stops every service.
   *
   * @return the process's exit code: zero unless a service has failed
   * @throws InvalidSettingsException where a service failed because of its settings
   */
  public int awaitEnd() throws InterruptedException {
    ready();
    ending.await();
    stop();
    if (failure.get() instanceof InvalidSettingsException invalid) {
      throw invalid;
    }
    return failure.get() == null ? 0 : 1;
  }

  /** Stops every service and waits until they are down, or until the deadline. */
  public void stop() {
    ending.countDown();
    try {
      if (stopping.compareAndSet(false, true)) {
        stopServices();
        stopped.countDown();
      } else if (!stopped.await(drain.plus(deadline).toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.error("Left before the end: the deadline has passed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops every service; the shutdown hook is no longer needed. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOGGER.debug("The JVM is shutting down, so the hook has to stay");
    }
  }

  private void stopServices() throws InterruptedException {
    synchronized (started) {
      health.notReady(PART, "stopping");
      TimeUnit.MILLISECONDS.sleep(drain.toMillis());
      long end = System.nanoTime() + deadline.toNanos();
      while (!started.isEmpty()) {
        stop(started.pop(), Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    }
  }

  private void stop(Service service, Duration patience) throws InterruptedException {
    try {
      if (!service.stop(patience)) {
        LOGGER.atError().addKeyValue(LogKeys.SERVICE, service.name()).log("Did not stop in time");
        failed(service.name(), new IllegalStateException("did not stop in time"));
      }
    } catch (RuntimeException e) { // the services that are left have to stop, too
      LOGGER.atError().addKeyValue(LogKeys.SERVICE, service.name()).setCause(e).log("Did not stop");
      failed(service.name(), e);
    }
  }
}
