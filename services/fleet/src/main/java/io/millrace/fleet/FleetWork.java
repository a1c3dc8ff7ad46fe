package io.millrace.fleet;

import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.fleet.keyed.FleetTopology;
import io.millrace.fleet.keyed.FleetTotals;
import io.millrace.runtime.kafka.Topics;
import io.millrace.streams.StreamsWork;
import io.millrace.streams.TopicLimits;
import io.millrace.trainer.intake.RecordSettings;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** What a fleet does in Kafka Streams: its topics on the brokers, and its topology. */
final class FleetWork implements StreamsWork {
  private static final String DEAD_LETTERS = "records.dead_letters";

  private final FleetSettings settings;
  private final FleetTotals totals;
  private final Restored restored;
  private final TopicLimits limits = new TopicLimits();

  FleetWork(FleetSettings settings, FleetTotals totals, Restored restored) {
    this.settings = settings;
    this.totals = totals;
    this.restored = restored;
  }

  @Override
  public void prepare() {
    RecordSettings records = settings.trainer().records();
    try (Topics topics = Topics.connect(settings.trainer().kafka())) {
      topics.partitions("records.topic", records.topic());
      topics.ensure(
          DEAD_LETTERS, new NewTopic(records.deadLetters(), Optional.empty(), Optional.empty()));
      limits.tell(records.deadLetters(), topics.limits(DEAD_LETTERS, records.deadLetters()));
    }
  }

  @Override
  public TopicLimits limits() {
    return limits;
  }

  @Override
  public Topology topology() {
    return FleetTopology.of(settings, totals, limits);
  }

  @Override
  public void beforeStart(KafkaStreams streams) {
    streams.setGlobalStateRestoreListener(restored);
  }
}
