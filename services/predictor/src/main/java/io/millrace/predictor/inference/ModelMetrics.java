package io.millrace.predictor.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The metrics of one model, or of one version of it: latency, waiting time, computing time, rows
 * per batch, and the status of requests. Safe for any thread.
 */
public final class ModelMetrics {
  /** The upper bounds of the histogram's buckets; with infinity there are 15. */
  private static final Duration[] BUCKETS =
      LongStream.of(
              100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
              1_000_000, 2_500_000)
          .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer answering;
  private final Timer waiting;
  private final Timer computing;
  private final DistributionSummary rows;
  private final Counter[] ended;
  private final Counter[] shadows;

  ModelMetrics(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    answering =
        timer("latency", "From a request that was read to its answer that is on its way.")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    waiting =
        timer("queue", "How long requests waited for the inference thread.").register(registry);
    computing =
        timer("compute", "How long rows inferred together took, with answers.").register(registry);
    rows =
        DistributionSummary.builder("millrace.inference.rows")
            .description("Rows inferred together.")
            .tags(tags)
            .register(registry);
    ended =
        byStatus(
            "requests",
            "Inference requests by the status that they ended with, whatever the transport.");
    shadows = byStatus("shadows", "What was scored for the log alone, by how that ended.");
  }

  void answered(long nanos) {
    answering.record(nanos, TimeUnit.NANOSECONDS);
  }

  void waited(long nanos) {
    waiting.record(nanos, TimeUnit.NANOSECONDS);
  }

  void computed(int rowCount, long nanos) {
    computing.record(nanos, TimeUnit.NANOSECONDS);
    rows.record(rowCount);
  }

  /** Counts an inference request by its final status. */
  public void ended(GrpcStatus status) {
    ended[status.ordinal()].increment();
  }

  /** Counts a shadow call by its final status. */
  void shadowEnded(GrpcStatus status) {
    shadows[status.ordinal()].increment();
  }

  /** Adds what its requests come to. */
  void addTo(RequestTotals totals) {
    totals.add(ended, waiting, computing);
  }

  /** Removes the meters from the registry. */
  void remove() {
    Stream.of(
            Stream.<Meter>of(answering, waiting, computing, rows),
            Stream.of(ended),
            Stream.of(shadows))
        .flatMap(meters -> meters)
        .forEach(registry::remove);
  }

  private Timer.Builder timer(String name, String description) {
    return Timer.builder("millrace.inference." + name).description(description).tags(tags);
  }

  private Counter[] byStatus(String name, String description) {
    return Arrays.stream(GrpcStatus.values())
        .map(
            status ->
                Counter.builder("millrace.inference." + name)
                    .description(description)
                    .tags(tags)
                    .tag("status", status.name())
                    .register(registry))
        .toArray(Counter[]::new);
  }
}
