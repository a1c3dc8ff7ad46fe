package io.millrace.joiner.joining;

import io.millrace.streams.TopicLimits;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Connects a partition's join to its state and its records, as long as the partition is assigned.
 */
final class JoinProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  /** How often expired examples are swept while the topics are silent. */
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);

  private final JoinSettings settings;
  private final JoinTotals totals;
  private final TopicLimits limits;
  private @Nullable Assigned assigned;

  JoinProcessor(JoinSettings settings, JoinTotals totals, TopicLimits limits) {
    this.settings = settings;
    this.totals = totals;
    this.limits = limits;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    Ledger ledger = new Ledger(context, totals.counted());
    Outlet outlet = new Outlet(context, settings, limits);
    PartitionJoin join = new PartitionJoin(settings, new Examples(context), ledger, outlet);
    context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> join.sweepWhereDue());
    assigned = new Assigned(context, ledger, join);
    totals.opened(context.taskId().partition(), ledger);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Assigned current = Objects.requireNonNull(assigned);
    String topic = current.context.recordMetadata().orElseThrow().topic();
    Side side = topic.equals(settings.labelsTopic()) ? Side.LABEL : Side.FEATURES;
    current.join.take(side, record);
  }

  @Override
  public void close() {
    if (assigned != null) {
      totals.closed(assigned.context.taskId().partition(), assigned.ledger);
    }
  }

  private record Assigned(
      ProcessorContext<byte[], byte[]> context, Ledger ledger, PartitionJoin join) {}
}
