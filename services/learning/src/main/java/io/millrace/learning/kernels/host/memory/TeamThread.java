package io.millrace.learning.kernels.host.memory;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does its part of the work of a {@link Team}.
 *
 * <p>Kernels follow each other within microseconds, so the helper waits for the next one awake; it
 * sleeps when none has come for a while. It begins with the first work and ends with the process.
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

  /** Hands a range over; everything the caller wrote before is visible to the helper. */
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

  /** Waits for the end of the range; everything the helper wrote is visible after that. */
  void await() {
    for (int waits = 0; finished != requested; waits++) {
      if (waits < WAITS_AWAKE) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // the processor is someone else's, maybe the helper's
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
