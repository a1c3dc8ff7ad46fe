package io.millrace.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnedThreadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RecordingWork work = new RecordingWork();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final OwnedThread thread =
      new OwnedThread("mill", work, (name, failure) -> failures.add(failure));

  @Test
  void stop_work_endsInOrderOnItsThread() throws Exception {
    // Given
    thread.start();
    assertThat(work.working.await(10, TimeUnit.SECONDS)).isTrue();

    // When
    boolean stopped = thread.stop(PATIENCE);

    // Then
    assertThat(stopped).isTrue();
    assertThat(work.calls).containsExactly("onStart", "doWork", "onStop", "onClose");
    assertThat(work.threads).containsOnly("millrace-mill");
    assertThat(failures).isEmpty();
  }

  @Test
  void doWork_throws_closesWithoutStopAndTellsTheHandler() throws Exception {
    // Given
    RuntimeException failure = new IllegalStateException("broken");
    work.failure = failure;

    // When
    thread.start();

    // Then
    assertThat(failures.poll(10, TimeUnit.SECONDS)).isSameAs(failure);
    assertThat(thread.stop(PATIENCE)).isTrue();
    assertThat(work.calls).containsExactly("onStart", "doWork", "onClose");
  }

  @Test
  void onStart_throws_closesWhatItTook() throws Exception {
    // Given
    Problem problem = new Problem("kafka", "is away");
    work.startFailure = new InvalidSettingsException(List.of(problem));

    // When
    thread.start();

    // Then
    assertThat(failures.poll(10, TimeUnit.SECONDS)).isSameAs(work.startFailure);
    assertThat(thread.stop(PATIENCE)).isTrue();
    assertThat(work.calls).containsExactly("onStart", "onClose");
  }

  @Test
  void stop_workThatDoesNotWakeUp_saysSoAfterThePatience() throws Exception {
    // Given
    work.sleepsThroughWakeUp = true;
    thread.start();
    assertThat(work.working.await(10, TimeUnit.SECONDS)).isTrue();

    // When
    boolean stopped = thread.stop(Duration.ofMillis(20));

    // Then
    assertThat(stopped).isFalse();
    work.awake.countDown();
    assertThat(thread.stop(PATIENCE)).isTrue();
  }

  /** Its one step waits for the wake-up. */
  private static final class RecordingWork implements Work {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch awake = new CountDownLatch(1);
    volatile @Nullable RuntimeException startFailure;
    volatile @Nullable RuntimeException failure;
    volatile boolean sleepsThroughWakeUp;

    @Override
    public void onStart() {
      called("onStart");
      throwIfGiven(startFailure);
    }

    @Override
    public void doWork() {
      called("doWork");
      throwIfGiven(failure);
      working.countDown();
      try {
        assertThat(awake.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onStop() {
      called("onStop");
    }

    @Override
    public void onClose() {
      called("onClose");
    }

    @Override
    public void wakeUp() {
      if (!sleepsThroughWakeUp) {
        awake.countDown();
      }
    }

    private void called(String method) {
      calls.add(method);
      threads.add(Thread.currentThread().getName());
    }

    private static void throwIfGiven(@Nullable RuntimeException exception) {
      if (exception != null) {
        throw exception;
      }
    }
  }
}
