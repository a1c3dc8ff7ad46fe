package io.millrace.predictor.answering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.runtime.management.UnforeseenFailures;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What answering shows: how long requests wait and are computed, how many rows go through together,
 * and how requests end. Safe for any thread.
 */
final class AnsweringMetrics {
  private final Timer waiting;
  private final Timer computing;
  private final DistributionSummary rows;
  private final Counter[] ended;
  private final Counter[] shadows;
  private final UnforeseenFailures failures;

  AnsweringMetrics(MeterRegistry registry, InferenceQueue queue) {
    failures = new UnforeseenFailures(registry);
    waiting = timer(registry, "queue", "How long a request waited for the inference thread.");
    computing = timer(registry, "compute", "How long rows inferred together took, with answers.");
    rows =
        DistributionSummary.builder("millrace.inference.rows")
            .description("Rows inferred together.")
            .register(registry);
    ended =
        byStatus(
            registry,
            "requests",
            "Inference requests by the status that they ended with, whatever the transport.");
    shadows =
        byStatus(registry, "shadows", "What was scored for the log alone, by how that ended.");
    Gauge.builder("millrace.inference.waiting.rows", queue, InferenceQueue::waitingRows)
        .description("Rows of requests that wait for the inference thread.")
        .register(registry);
  }

  /** Returns what counts requests that failed unforeseen. */
  UnforeseenFailures failures() {
    return failures;
  }

  void waited(long nanos) {
    waiting.record(nanos, TimeUnit.NANOSECONDS);
  }

  void computed(int rowCount, long nanos) {
    computing.record(nanos, TimeUnit.NANOSECONDS);
    rows.record(rowCount);
  }

  /** Counts an inference request by the status that it ended with. */
  void ended(GrpcStatus status) {
    ended[status.ordinal()].increment();
  }

  /** Counts a shadow by the status that it ended with. */
  void shadowEnded(GrpcStatus status) {
    shadows[status.ordinal()].increment();
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder("millrace.inference." + name)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofNanos(10_000))
        .maximumExpectedValue(Duration.ofSeconds(1))
        .register(registry);
  }

  private static Counter[] byStatus(MeterRegistry registry, String name, String description) {
    return Arrays.stream(GrpcStatus.values())
        .map(
            status ->
                Counter.builder("millrace.inference." + name)
                    .description(description)
                    .tag("status", status.name())
                    .register(registry))
        .toArray(Counter[]::new);
  }
}
