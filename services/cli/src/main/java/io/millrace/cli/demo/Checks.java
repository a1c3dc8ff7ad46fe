package io.millrace.cli.demo;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.runtime.lifecycle.Health;
import java.util.concurrent.TimeUnit;

/** Checks whether the demo goes on: until it is told to stop, or one of its services fails. */
record Checks(Health health, StopSignal stop) {
  private static final long CHECK_EVERY_MILLIS = 100;

  /**
   * Returns if the demo goes on.
   *
   * @throws CommandFailedException if it does not
   */
  void run() {
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

  void untilStopped() throws InterruptedException {
    while (!stop.getAsBoolean() && health.failure().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(CHECK_EVERY_MILLIS);
    }
  }
}
