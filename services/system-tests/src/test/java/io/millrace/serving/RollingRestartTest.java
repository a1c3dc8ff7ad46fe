package io.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.Prediction;
import io.millrace.client.PredictionRequest;
import io.millrace.client.PredictorClient;
import io.millrace.quickstart.EchoModel;
import io.millrace.served.RunningPredictor;
import io.millrace.served.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RollingRestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int UNDER_WAY = 32;
  private static final int ANSWERS_BEFORE = 500;
  private static final int ANSWERS_AFTER = 500;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicBoolean done = new AtomicBoolean();
  private final Semaphore free = new Semaphore(UNDER_WAY);

  @Test
  void stop_underLoad_noCallFails() throws InterruptedException {
    try (RunningPredictor predictors = new RunningPredictor(EchoModel.NAME, Snapshots.echoes());
        PredictorClient client =
            new PredictorClient(
                ClientOptions.of(
                    new Address("127.0.0.1", predictors.port()),
                    new Address("127.0.0.1", predictors.startAnother())))) {
      // Given
      Thread load = new Thread(() -> ask(client), "load");
      load.start();
      awaitAnswers(ANSWERS_BEFORE);

      // When
      boolean stopped = predictors.stopFirst();

      // Then
      awaitAnswers(answers.get() + ANSWERS_AFTER);
      done.set(true);
      load.join(PATIENCE.toMillis());
      boolean allAnswered = free.tryAcquire(UNDER_WAY, PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(allAnswered).isTrue();
      assertThat(stopped).isTrue();
      assertThat(failures).isEmpty();
    }
  }

  private void ask(PredictorClient client) {
    PredictionRequest request =
        PredictionRequest.to(EchoModel.NAME)
            .numbers("pair", new float[] {1, 2})
            .numbers("c", new float[] {3});
    while (!done.get()) {
      free.acquireUninterruptibly();
      CompletableFuture<?> told = client.submit(request).handle(this::answered);
      assertThat(told).isNotNull();
    }
  }

  private Void answered(Prediction prediction, Throwable failure) {
    if (failure != null) {
      failures.add(failure);
    } else if (prediction.output("sum").row(0)[0] != 7) {
      failures.add(new AssertionError(prediction));
    }
    answers.incrementAndGet();
    free.release();
    return null;
  }

  private void awaitAnswers(long count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (answers.get() < count) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
