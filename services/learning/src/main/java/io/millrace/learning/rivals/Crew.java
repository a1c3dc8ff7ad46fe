package io.millrace.learning.rivals;

import io.millrace.learning.threads.HelperThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that rivals run on: the calling one, and helpers. Each takes the next rival that
 * nobody has taken yet. Which thread runs a rival changes nothing that it computes. Belongs to the
 * calling thread.
 */
public final class Crew {
  private final HelperThread[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final HelperThread.Work work = (part, first, end) -> takeTurns(end);
  private Job job = index -> {};

  /** What is done for each rival. */
  public interface Job {
    void run(int index);
  }

  /**
   * @param threads including the calling one
   */
  public Crew(int threads) {
    helpers = new HelperThread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new HelperThread("millrace-rivals-" + (i + 1), i + 1);
    }
  }

  /** Runs the job for the numbers [0, count) and returns when all are done. */
  public void run(Job newJob, int count) {
    job = newJob;
    next.set(0);
    for (HelperThread helper : helpers) {
      helper.begin(work, 0, count);
    }
    try {
      takeTurns(count);
    } finally {
      for (HelperThread helper : helpers) {
        helper.await();
      }
    }
    for (HelperThread helper : helpers) {
      helper.throwFailure();
    }
  }

  private void takeTurns(int count) {
    for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
      job.run(index);
    }
  }
}
