package io.millrace.joiner.joining;

import io.millrace.streams.TopicLimits;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The topology: one processor per partition reads features and labels, and writes labelled records
 * and, if configured, unjoined ones.
 */
public final class JoinTopology {
  static final String RECORDS = "records";
  static final String UNJOINED = "unjoined";
  private static final String JOIN = "join";
  private static final String PREDICTIONS = "predictions";

  /**
   * A record without a timestamp, from before Kafka had them, gets the time of the previous one. A
   * timestamp after the time of reading is limited to that time. Otherwise such a record would wait
   * longer than others, and topics may refuse timestamps that are ahead.
   */
  private static final TimestampExtractor RECORD_TIME =
      (record, partitionTime) ->
          record.timestamp() < 0
              ? Math.max(0, partitionTime)
              : Math.min(record.timestamp(), System.currentTimeMillis());

  private JoinTopology() {}

  /**
   * Returns the topology.
   *
   * @param totals receives the number of records by outcome
   * @param limits the limits of the topics that are written
   */
  public static Topology of(JoinSettings settings, JoinTotals totals, TopicLimits limits) {
    Topology topology = new Topology();
    addSource(topology, settings.featuresTopic());
    addSource(topology, settings.labelsTopic());
    topology.addProcessor(
        JOIN,
        new Joins(settings, totals, limits),
        features(topology, settings),
        settings.labelsTopic());
    addSink(topology, RECORDS, settings.recordsTopic());
    settings.unjoinedTopic().ifPresent(topic -> addSink(topology, UNJOINED, topic));
    return topology;
  }

  /** Returns the name of the node that passes features to the join. */
  private static String features(Topology topology, JoinSettings settings) {
    if (settings.featuresFormat() == FeaturesFormat.RECORDS) {
      return settings.featuresTopic();
    }
    topology.addProcessor(PREDICTIONS, PredictionFeatures::new, settings.featuresTopic());
    return PREDICTIONS;
  }

  private static void addSource(Topology topology, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        topic,
        RECORD_TIME,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private static void addSink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), JOIN);
  }

  /** Supplies one processor per partition, with its stores. */
  private record Joins(JoinSettings settings, JoinTotals totals, TopicLimits limits)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new JoinProcessor(settings, totals, limits);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      Set<StoreBuilder<?>> stores = new HashSet<>(Examples.stores());
      stores.add(Ledger.store());
      return stores;
    }
  }
}
