package io.millrace.runtime.lifecycle;

/**
 * What an {@link OwnedThread} does. All of its methods but {@link #wakeUp} run on that thread
 * alone, so what the work holds needs no lock.
 *
 * <p>The calls are {@link #onStart}, then {@link #doWork} again and again, then {@link #onStop},
 * then {@link #onClose}. After a failure {@link #onStop} is left out: what has failed publishes
 * nothing.
 */
public interface Work {
  /** Takes what the work needs. */
  default void onStart() {}

  /** Does one step and returns; it may wait for input, for as long as {@link #wakeUp} ends that. */
  void doWork();

  /** Ends in order what was begun, such as by publishing it: no step comes after this. */
  default void onStop() {}

  /** Releases whatever {@link #onStart} took, even where that failed half way. */
  default void onClose() {}

  /** Ends a step's waiting for input, if it waits; called on another thread, to stop. */
  default void wakeUp() {}
}
