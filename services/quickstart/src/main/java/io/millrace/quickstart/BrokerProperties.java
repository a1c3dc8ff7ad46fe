package io.millrace.quickstart;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;

/** The properties of a single small broker that starts and restarts quickly. */
final class BrokerProperties {
  static final String HOST = "127.0.0.1";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int NODE_ID = 1;

  private static final Map<String, String> ALONE =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", String.valueOf(NODE_ID)),
          Map.entry("controller.listener.names", CONTROLLER_LISTENER),
          Map.entry("auto.create.topics.enable", "false"),
          // A model's records are read again after weeks.
          Map.entry("log.retention.ms", "-1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"));

  private static final Map<String, String> SMALL_AND_QUICK =
      Map.ofEntries(
          Map.entry("num.network.threads", "1"),
          Map.entry("num.io.threads", "2"),
          Map.entry("background.threads", "2"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // Kafka's default: on a busy machine a heartbeat is seconds late, and a shorter timeout
          // would fence the only broker.
          Map.entry("broker.session.timeout.ms", "9000"),
          Map.entry("broker.heartbeat.interval.ms", "500"));

  private BrokerProperties() {}

  static KafkaConfig read(
      Path folder, int port, int controllerPort, Map<String, String> overrides) {
    Map<String, String> properties = new HashMap<>(ALONE);
    properties.putAll(SMALL_AND_QUICK);
    String clients = "PLAINTEXT://" + HOST + ":" + port;
    String controller = HOST + ":" + controllerPort;
    properties.put("log.dirs", folder.toString());
    properties.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
    properties.put("advertised.listeners", clients);
    properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
    properties.putAll(overrides);
    return new KafkaConfig(properties, false);
  }
}
