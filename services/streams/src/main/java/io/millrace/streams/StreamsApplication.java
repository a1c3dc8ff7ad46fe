package io.millrace.streams;

import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What identifies and configures an application of Kafka Streams.
 *
 * @param name the service's name, in logs and health
 * @param id Kafka Streams' application id, for group, state and transactions
 * @param kafka the connection to the brokers
 * @param stateFolder the folder for the state of this process's partitions; if it is lost, the
 *     state is restored from the brokers
 * @param properties further properties of Kafka Streams, which precede the settings'
 */
public record StreamsApplication(
    String name, String id, KafkaSettings kafka, Path stateFolder, Map<String, Object> properties) {
  /** The record limit of the state's topics, which overrides the brokers' default. */
  private static final String ENTRY_BYTES = "1048588";

  /**
   * Lets the state's topics accept entries of records of any time, regardless of the brokers'
   * limits.
   */
  private static final String BROKERS_TIME = "LogAppendTime";

  public StreamsApplication {
    properties = Map.copyOf(properties);
  }

  /** Returns the properties of Kafka Streams: exactly-once v2, and stores of bounded memory. */
  public Properties all() {
    Properties all = new Properties();
    all.putAll(new ClientProperties(kafka).streams());
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
    all.put(StreamsConfig.CLIENT_ID_CONFIG, "millrace-" + id);
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStoreMemory.class);
    all.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), ENTRY_BYTES);
    all.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), BROKERS_TIME);
    all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedOutput.class);
    all.putAll(properties);
    return all;
  }
}
