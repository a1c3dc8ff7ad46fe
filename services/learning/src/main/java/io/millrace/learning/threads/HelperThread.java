package io.millrace.learning.threads;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that helps its owner with one work after the other.
 *
 * <p>Works follow each other within microseconds, so the helper spins while it waits for the next
 * one. It sleeps if none comes for a while. It starts with the first work and ends with the
 * process.
 */
public final class HelperThread {
  /** About a millisecond. */
  private static final int WAITS_AWAKE = 1 << 14;

  private final String name;
  private final int part;
  private @Nullable Thread thread;
  private @Nullable Work work;
  private int first;
  private int end;
  private @Nullable Throwable failure;
  private volatile int requested;
  private volatile int finished;
  private volatile boolean isAsleep;

  /** Work that is divided into ranges, one per thread. */
  public interface Work {
    /** Computes the range [first, end) as thread {@code part}. */
    void compute(int part, int first, int end);
  }

  /**
   * @param name of the thread
   * @param part the helper's number, from 1; its owner has number 0
   */
  public HelperThread(String name, int part) {
    this.name = name;
    this.part = part;
  }

  public int part() {
    return part;
  }

  /** Returns whether it has ended all work that it was given. */
  public boolean isIdle() {
    return finished == requested;
  }

  /**
   * Hands over a range to an idle helper; the caller's earlier writes are visible to the helper.
   */
  public void begin(Work newWork, int newFirst, int newEnd) {
    if (thread == null) {
      thread = new Thread(this::run, name);
      thread.setDaemon(true);
      thread.start();
    }
    work = newWork;
    first = newFirst;
    end = newEnd;
    failure = null;
    requested = finished + 1;
    if (isAsleep) {
      LockSupport.unpark(thread);
    }
  }

  /** Waits for the end of the range; the helper's writes are then visible to the caller. */
  public void await() {
    for (int waits = 0; finished != requested; waits++) {
      if (waits < WAITS_AWAKE) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // another thread has the processor, maybe the helper
      }
    }
  }

  /** Throws what the work has thrown, if it has. */
  public void throwFailure() {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  private void run() {
    while (true) {
      awaitRequest();
      try {
        Objects.requireNonNull(work).compute(part, first, end);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      finished = requested;
    }
  }

  private void awaitRequest() {
    for (int waits = 0; finished == requested; waits++) {
      if (waits < WAITS_AWAKE) {
        Thread.onSpinWait();
      } else {
        sleep();
      }
    }
  }

  private void sleep() {
    isAsleep = true;
    while (finished == requested) {
      LockSupport.park(this);
    }
    isAsleep = false;
  }
}
