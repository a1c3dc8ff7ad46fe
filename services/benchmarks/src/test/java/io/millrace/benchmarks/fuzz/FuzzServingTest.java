package io.millrace.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** The short form of {@code run fuzz-serving}. */
class FuzzServingTest {
  private static final int REQUESTS = 3_000;

  @Test
  void run_whatNoClientShouldSend_isAnsweredByTheRulesAndLogsNothing() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try (EchoPredictor predictor = new EchoPredictor()) {
      LogWatch log = LogWatch.begin();

      Findings findings = new FuzzRun(vertx, predictor.port(), REQUESTS, 7, done -> {}).run();

      assertThat(findings.problems()).isEmpty();
      assertThat(log.shown()).isEmpty();
      assertThat(predictor.failures()).isEmpty();
      assertThat(findings.answers())
          .containsKeys("unary OK", "unary INVALID_ARGUMENT", "unary NOT_FOUND", "stream OK");
    } finally {
      vertx.close().await();
    }
  }
}
