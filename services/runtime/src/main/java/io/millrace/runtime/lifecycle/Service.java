package io.millrace.runtime.lifecycle;

import java.time.Duration;

/**
 * A part of the process that starts and stops as a whole. Its two methods are called once each, in
 * this order, on one thread at a time.
 */
public interface Service {
  /** Returns what it is, in a word or two, for logs and health. */
  String name();

  /**
   * Starts it; where this throws, it has released what it took, and {@link #stop} is not called.
   */
  void start() throws InterruptedException;

  /**
   * Stops it in order and waits until it is down.
   *
   * @param patience how long that may take
   * @return whether it is down
   */
  boolean stop(Duration patience) throws InterruptedException;
}
