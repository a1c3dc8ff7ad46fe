package io.millrace.learning.kernels.host.memory;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A helper thread of a {@link Team}.
 *
 * <p>Kernels follow each other within microseconds, so the helper spins while it waits for the next
 * one. It sleeps if none comes for a while. It starts with the first work and ends with the
 * process.
 */
final class TeamThread {
  /** About a millisecond. */
  private static final int WAITS_AWAKE = 1 << 14;

  private final int part;
  private @Nullable Thread thread;
  private Team.@Nullable Work work;
  private int first;
  private int end;
  private @Nullable RuntimeException failure;
  private volatile int requested;
  private volatile int finished;
  private volatile boolean isAsleep;

  TeamThread(int part) {
    this.part = part;
  }

  int part() {
    return part;
  }

  /** Hands over a range; the caller's earlier writes are visible to the helper. */
  void begin(Team.Work newWork, int newFirst, int newEnd) {
    if (thread == null) {
      thread = new Thread(this::run, "millrace-kernels-" + part);
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
  void await() {
    for (int waits = 0; finished != requested; waits++) {
      if (waits < WAITS_AWAKE) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // another thread has the processor, maybe the helper
      }
    }
  }

  void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    while (true) {
      awaitRequest();
      try {
        Objects.requireNonNull(work).compute(part, first, end);
      } catch (RuntimeException e) {
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
