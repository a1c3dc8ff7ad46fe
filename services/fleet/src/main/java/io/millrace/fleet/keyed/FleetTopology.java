package io.millrace.fleet.keyed;

import io.millrace.streams.TopicLimits;
import io.millrace.trainer.intake.RecordSettings;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The topology: one processor per partition learns, and writes dead letters. If the key is a field,
 * a topic between brings together the records of a key.
 */
public final class FleetTopology {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final String BY_KEY = "by-key";

  /**
   * A record without a timestamp, from before Kafka had them, gets the time of the previous one.
   */
  private static final TimestampExtractor RECORD_TIME =
      (record, partitionTime) ->
          record.timestamp() < 0 ? Math.max(0, partitionTime) : record.timestamp();

  private FleetTopology() {}

  /**
   * Returns the topology.
   *
   * @param totals receives what happened
   * @param limits the limits of the topic of the dead letters
   */
  public static Topology of(FleetSettings settings, FleetTotals totals, TopicLimits limits) {
    RecordSettings records = settings.trainer().records();
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> read =
        builder.stream(
            records.topic(),
            Consumed.with(BYTES, BYTES)
                .withTimestampExtractor(RECORD_TIME)
                .withOffsetResetPolicy(AutoOffsetReset.earliest()));
    settings
        .key()
        .map(field -> byField(read, settings, field))
        .orElse(read)
        .process(new Fleets(settings, totals, limits))
        .to(records.deadLetters(), Produced.with(BYTES, BYTES));
    return builder.build();
  }

  private static KStream<byte[], byte[]> byField(
      KStream<byte[], byte[]> read, FleetSettings settings, String field) {
    RecordSettings records = settings.trainer().records();
    return read.process(() -> new KeyByField(records, settings.trainer().definition(), field))
        .repartition(Repartitioned.with(BYTES, BYTES).withName(BY_KEY));
  }

  /** Supplies one processor per partition, with its stores. */
  private record Fleets(FleetSettings settings, FleetTotals totals, TopicLimits limits)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new FleetProcessor(settings, totals, limits);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      Set<StoreBuilder<?>> stores = new HashSet<>(ModelStore.stores());
      stores.add(ModelStore.store(PartitionFleet.WAITING));
      stores.add(Ledger.store());
      return stores;
    }
  }
}
