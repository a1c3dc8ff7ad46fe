package io.millrace.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** What an application of Kafka Streams does. */
public interface StreamsWork {
  /**
   * Checks the topics that are read, creates those that are written, and asks for their limits.
   * Called before the start, and before a failed thread is replaced.
   *
   * @throws io.millrace.runtime.kafka.BrokersAwayException if no broker answers
   * @throws io.millrace.settings.InvalidSettingsException if a topic cannot be used
   */
  void prepare();

  /** Returns the limits of the topics that are written; what brokers refuse is learned there. */
  TopicLimits limits();

  /** Returns the topology. */
  Topology topology();

  /** Sets listeners of an instance that has not been started yet. */
  default void beforeStart(KafkaStreams streams) {}
}
