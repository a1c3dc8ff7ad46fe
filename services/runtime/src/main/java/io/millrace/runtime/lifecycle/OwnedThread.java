package io.millrace.runtime.lifecycle;

import io.millrace.runtime.LogKeys;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread for one {@link Work}. Only this thread touches the work's state.
 *
 * <p>Whatever the work throws ends the thread; it is logged and passed to the failure handler.
 * Unusable settings are only passed to the handler. A stack trace is logged only for failures that
 * are ours to fix.
 */
public final class OwnedThread implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(OwnedThread.class);

  private final String name;
  private final Work work;
  private final BiConsumer<String, Throwable> onFailure;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Creates the thread; {@link #start} starts it.
   *
   * @param name the work's name, such as {@code trainer}
   * @param onFailure takes the name and the failure, on this thread; it must not wait for the
   *     thread
   */
  public OwnedThread(String name, Work work, BiConsumer<String, Throwable> onFailure) {
    this.name = name;
    this.work = work;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, "millrace-" + name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    stopping = true;
    work.wakeUp();
    thread.join(Math.max(1, patience.toMillis())); // 0 would wait forever
    return !thread.isAlive();
  }

  private void run() {
    guarded(this::workUntilStopped);
    guarded(work::onClose);
  }

  private void workUntilStopped() {
    work.onStart();
    while (!stopping) {
      work.doWork();
    }
    work.onStop();
  }

  private void guarded(Runnable part) {
    try {
      part.run();
    } catch (Throwable failure) {
      if (failure instanceof UnrecoverableException) {
        LOGGER.atError().addKeyValue(LogKeys.SERVICE, name).log("Ends: {}", failure.getMessage());
      } else if (!(failure instanceof InvalidSettingsException)) {
        LOGGER.atError().addKeyValue(LogKeys.SERVICE, name).setCause(failure).log("Failed");
      }
      onFailure.accept(name, failure);
    }
  }
}
