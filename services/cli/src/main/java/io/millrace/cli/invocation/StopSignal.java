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

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "millrace-stop");

  public StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the command should end. */
  @Override
  public boolean getAsBoolean() {
    return asked.getCount() == 0;
  }

  /** Waits until the command should end. */
  public void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    closed.countDown();
    if (!getAsBoolean()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void stop() {
    asked.countDown();
    try {
      var unused = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
