package io.millrace.learning.rivals;

import io.millrace.learning.threads.HelperThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that rivals run on: the calling one, and helpers. Each takes the next job that nobody
 * has taken yet, so a helper that the system lets wait holds up nobody. Which thread does a job
 * changes nothing that it computes. Belongs to the calling thread.
 */
public final class Crew {
  /** About a millisecond. */
  private static final int WAITS_AWAKE = 1 << 14;

  private final HelperThread[] helpers;
  private final int jobs;
  private final Job job;
  private final HelperThread.Work work = (part, first, end) -> takeTurns();
  private final AtomicInteger next;
  private final AtomicInteger done = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  /** What is done for each rival. */
  public interface Job {
    void run(int index);
  }

  /**
   * @param threads including the calling one
   * @param job is run for the numbers [0, jobs) each time
   */
  public Crew(int threads, int jobs, Job job) {
    this.jobs = jobs;
    this.job = job;
    next = new AtomicInteger(jobs);
    helpers = new HelperThread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new HelperThread("millrace-rivals-" + (i + 1), i + 1);
    }
  }

  /** Runs all jobs, and returns when they are done. */
  public void run() {
    done.set(0);
    next.set(0); // what the caller wrote before is visible to who takes a job
    for (HelperThread helper : helpers) {
      if (helper.isIdle()) {
        helper.begin(work, 0, jobs);
      }
    }
    takeTurns();
    for (int waits = 0; done.get() < jobs; waits++) {
      if (waits < WAITS_AWAKE) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // another thread has the processor, maybe a helper
      }
    }
    throwFailure();
  }

  private void takeTurns() {
    for (int index = next.getAndIncrement(); index < jobs; index = next.getAndIncrement()) {
      try {
        job.run(index);
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        done.getAndIncrement();
      }
    }
  }

  private void throwFailure() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }
}
