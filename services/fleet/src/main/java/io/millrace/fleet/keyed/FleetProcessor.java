package io.millrace.fleet.keyed;

import io.millrace.streams.TopicLimits;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Connects a partition's models to their state and their records, while it is assigned. */
final class FleetProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final FleetSettings settings;
  private final FleetTotals totals;
  private final TopicLimits limits;
  private @Nullable Assigned assigned;

  FleetProcessor(FleetSettings settings, FleetTotals totals, TopicLimits limits) {
    this.settings = settings;
    this.totals = totals;
    this.limits = limits;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    Ledger ledger = new Ledger(context);
    DeadLetters letters =
        new DeadLetters(context, settings.trainer().records().deadLetters(), limits);
    PartitionFleet fleet = new PartitionFleet(settings, totals, ledger, letters, context);
    context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> fleet.sweepWhereDue());
    assigned = new Assigned(context, ledger, fleet);
    totals.opened(context.taskId().partition(), ledger);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Assigned current = Objects.requireNonNull(assigned);
    String topic = settings.trainer().records().topic();
    current.fleet.take(Source.of(topic, current.context.recordMetadata().orElseThrow(), record));
  }

  @Override
  public void close() {
    if (assigned != null) {
      totals.closed(assigned.context.taskId().partition(), assigned.ledger);
    }
  }

  private record Assigned(
      ProcessorContext<byte[], byte[]> context, Ledger ledger, PartitionFleet fleet) {}
}
