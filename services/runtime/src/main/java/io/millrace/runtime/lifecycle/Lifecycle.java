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
 * The life of a process. Its services start in order. They stop in the reverse order when the
 * process is told to terminate or one of them fails.
 *
 * <p>The main thread starts the services and waits in {@link #awaitEnd}. On a termination signal,
 * the JVM's shutdown hook runs {@link #stop} and waits for it, so the JVM does not exit while a
 * service publishes. Past the deadline it exits all the same.
 *
 * <p>A stop withdraws readiness and waits until callers have noticed. Then each service ends its
 * intake, finishes its step, publishes and closes. Safe for any thread.
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
   * Begins the life of this process and installs the shutdown hook.
   *
   * @param drain how long callers have to notice that this process is no longer ready
   * @param deadline how long the stop may take after that
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

  /** Starts a service unless the process is stopping. */
  public void start(Service service) throws InterruptedException {
    synchronized (started) {
      if (ending.getCount() > 0) {
        service.start();
        started.push(service);
      }
    }
  }

  /** Reports that every service has started; from now on readiness depends on them. */
  public void ready() {
    synchronized (started) {
      if (ending.getCount() > 0) {
        health.ready(PART);
      }
    }
  }

  /** Reports a service's failure: the process is no longer live and stops. */
  public void failed(String service, Throwable cause) {
    health.failed(service, reason(cause));
    failure.compareAndSet(null, cause);
    ending.countDown();
  }

  /** Only sentences that are meant for operators are shown to them. */
  private static String reason(Throwable cause) {
    return cause instanceof UnrecoverableException || cause instanceof InvalidSettingsException
        ? "ends: " + cause.getMessage()
        : "failed with " + cause.getClass().getSimpleName();
  }

  /**
   * Reports readiness, waits for the end and stops every service.
   *
   * @return the process's exit code: 0, or 1 if a service has failed
   * @throws InvalidSettingsException if a service failed because of its settings
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

  /** Stops every service and removes the shutdown hook. */
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
    } catch (RuntimeException e) { // the remaining services have to stop too
      LOGGER.atError().addKeyValue(LogKeys.SERVICE, service.name()).setCause(e).log("Did not stop");
      failed(service.name(), e);
    }
  }
}
