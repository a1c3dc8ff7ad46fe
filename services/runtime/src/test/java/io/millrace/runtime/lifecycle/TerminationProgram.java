package io.millrace.runtime.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process with one service, which {@link TerminationTest} ends. */
final class TerminationProgram implements Work {
  private final boolean failing;
  private final Duration publishing;
  private final CountDownLatch awake = new CountDownLatch(1);

  private TerminationProgram(boolean failing, Duration publishing) {
    this.failing = failing;
    this.publishing = publishing;
  }

  /**
   * Runs until the process is told to terminate.
   *
   * @param arguments {@code working} or {@code failing}, how long publishing takes, and the
   *     deadline of the stop, in milliseconds
   */
  public static void main(String[] arguments) throws InterruptedException {
    Work work = new TerminationProgram(arguments[0].equals("failing"), millis(arguments[1]));
    try (Lifecycle lifecycle = Lifecycle.begin(new Health(), Duration.ZERO, millis(arguments[2]))) {
      lifecycle.start(new OwnedThread("work", work, lifecycle::failed));
      System.exit(lifecycle.awaitEnd());
    }
  }

  @Override
  public void doWork() {
    if (failing) {
      throw new IllegalStateException("broken");
    }
    say("working");
    await(awake);
  }

  @Override
  public void wakeUp() {
    awake.countDown();
  }

  @Override
  public void onStop() {
    try {
      Thread.sleep(publishing.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    say("published");
  }

  @Override
  public void onClose() {
    say("closed");
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
