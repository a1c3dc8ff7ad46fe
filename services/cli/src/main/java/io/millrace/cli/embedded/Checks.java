package io.millrace.cli.embedded;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.runtime.lifecycle.Health;
import java.util.concurrent.TimeUnit;

/** Checks whether a command goes on: until it is told to stop, or one of its services fails. */
public record Checks(Health health, StopSignal stop) {
  private static final long CHECK_EVERY_MILLIS = 100;

  /**
   * Returns if the command goes on.
   *
   * @throws CommandFailedException if it does not
   */
  public void run() {
    if (stop.getAsBoolean()) {
      throw new CommandFailedException("stopped");
    }
    health
        .failure()
        .ifPresent(
            failure -> {
              throw new CommandFailedException(failure);
            });
  }

  public void untilStopped() throws InterruptedException {
    while (!stop.getAsBoolean() && health.failure().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(CHECK_EVERY_MILLIS);
    }
  }
}
