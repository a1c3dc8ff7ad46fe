package io.millrace.runtime.lifecycle;

import java.time.Duration;

/**
 * A part of the process that starts and stops as a whole. {@link #start} and then {@link #stop} are
 * each called once, by one thread at a time.
 */
public interface Service {
  /** Returns a short name for logs and health. */
  String name();

  /**
   * Starts the service. If this throws, it has released what it took, and {@link #stop} is not
   * called.
   */
  void start() throws InterruptedException;

  /**
   * Stops the service in order and waits until it is down.
   *
   * @param patience how long that may take
   * @return whether it is down
   */
  boolean stop(Duration patience) throws InterruptedException;
}
