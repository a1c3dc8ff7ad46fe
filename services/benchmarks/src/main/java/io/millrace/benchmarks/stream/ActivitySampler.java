package io.millrace.benchmarks.stream;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Samples the stack of a thread about a thousand times a second and counts its activities.
 *
 * <p>The watched code is unchanged. A stack is taken at the thread's next safepoint, so a share is
 * only accurate to a few hundredths. {@link #counts} is safe for any thread.
 */
final class ActivitySampler implements AutoCloseable {
  private static final long PERIOD_NANOS = 1_000_000;

  private final Thread watched;
  private final Thread watcher = new Thread(this::watch, "activity-sampler");
  private final AtomicIntegerArray counts = new AtomicIntegerArray(Activity.values().length);
  private volatile boolean closed;

  /** Begins to sample. */
  ActivitySampler(Thread watched) {
    this.watched = watched;
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Returns the thread of that name. */
  static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no thread " + name));
  }

  /** Returns how often each activity was seen, in the order of {@link Activity}. */
  int[] counts() {
    int[] copy = new int[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return copy;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void watch() {
    while (!closed) {
      StackTraceElement[] stack = watched.getStackTrace();
      if (stack.length > 0) {
        counts.incrementAndGet(Activity.of(stack).ordinal());
      }
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }
}
