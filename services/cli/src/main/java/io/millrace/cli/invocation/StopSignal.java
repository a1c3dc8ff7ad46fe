package io.millrace.cli.invocation;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets a command end in order on a termination signal: the JVM waits, for a limited time, until the
 * command has {@linkplain #close closed} this.
 */
public final class StopSignal implements BooleanSupplier, AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "millrace-stop");
  private volatile boolean requested;

  public StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the command should end. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  @Override
  public void close() {
    closed.countDown();
    if (!requested) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void stop() {
    requested = true;
    try {
      var unused = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
