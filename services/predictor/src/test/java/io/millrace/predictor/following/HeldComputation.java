package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A computation that blocks until it is released, and with it the inference thread and its queue.
 */
public final class HeldComputation implements Computation {
  private static final long PATIENCE_SECONDS = 30;

  private final Computation computation;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  HeldComputation(Computation computation) {
    this.computation = computation;
  }

  /** Waits until a computation has begun. */
  public void awaitBegin() throws InterruptedException {
    await(begun);
  }

  /** Releases this computation and all later ones. */
  public void release() {
    released.countDown();
  }

  @Override
  public ExampleBatch rows() {
    return computation.rows();
  }

  @Override
  public void run() {
    begun.countDown();
    try {
      await(released);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the inference thread", e);
    }
    computation.run();
  }

  @Override
  public float[] output(int index) {
    return computation.output(index);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came in " + PATIENCE_SECONDS + " s");
    }
  }
}
