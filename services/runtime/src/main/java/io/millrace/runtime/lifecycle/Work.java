package io.millrace.runtime.lifecycle;

/**
 * The work of an {@link OwnedThread}. All methods except {@link #wakeUp} run on that thread alone,
 * so the work's state needs no lock.
 *
 * <p>The thread calls {@link #onStart}, then {@link #doWork} repeatedly, then {@link #onStop}, then
 * {@link #onClose}. After a failure, {@link #onStop} is skipped: failed work publishes nothing.
 */
public interface Work {
  /** Takes the resources that the work needs. */
  default void onStart() {}

  /** Does one step and returns. It may wait for input if {@link #wakeUp} ends the wait. */
  void doWork();

  /** Finishes in order what was begun, for example by publishing it. No step follows. */
  default void onStop() {}

  /** Releases what {@link #onStart} took, even if that failed halfway. */
  default void onClose() {}

  /** Ends a step's wait for input, to stop. Called on another thread. */
  default void wakeUp() {}
}
