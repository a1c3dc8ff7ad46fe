package io.millrace.runtime.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The properties of Kafka clients: those of the settings, overridden by the few that Millrace's
 * guarantees depend on.
 *
 * <p>Keys and values are bytes, so no record breaks a poll. A consumer reads only committed records
 * and has no position except the one it is given. A producer's records are written once and
 * acknowledged by all in-sync replicas.
 *
 * <p>So a producer has one request in flight. With more, a broker that is becoming the leader of a
 * new topic may accept the second request without the first, and then refuses the first until the
 * client gives up. And a restarted broker knows only a producer's last request, so earlier ones
 * would be written twice.
 */
public final class ClientProperties {
  /**
   * Fetches are large, so that reading a whole topic does not wait for many of them. The socket
   * buffer is left to the system, which grows it. Settings may override this.
   */
  private static final Map<String, Object> FETCHING =
      Map.of(
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20,
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000,
          ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);

  private static final Map<String, Object> CONSUMER =
      Map.of(
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(),
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(),
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");

  private static final Map<String, Object> PRODUCER =
      Map.of(
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ByteArraySerializer.class.getName(),
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ByteArraySerializer.class.getName(),
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          "true",
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          "1");

  static final Set<String> RESERVED = reserved();

  private final KafkaSettings settings;

  public ClientProperties(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns a consumer's properties. It has no group, because partitions are assigned and sought.
   */
  public Map<String, Object> consumer(String clientId) {
    Map<String, Object> result = new HashMap<>(FETCHING);
    result.putAll(properties(clientId, ConsumerConfig.configNames(), CONSUMER));
    return result;
  }

  /** Returns a producer's properties; a transactional one adds its identifier. */
  public Map<String, Object> producer(String clientId) {
    return properties(clientId, ProducerConfig.configNames(), PRODUCER);
  }

  /**
   * Returns the common properties of Kafka Streams' clients. Kafka Streams itself filters them by
   * client and sets names, groups and transactions. A killed member is detected after ten seconds
   * unless the settings say otherwise.
   */
  public Map<String, Object> streams() {
    Map<String, Object> result = new HashMap<>(FETCHING);
    result.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.properties().forEach((name, value) -> result.put(name, value.reveal()));
    result.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return result;
  }

  public Map<String, Object> admin(String clientId) {
    return properties(clientId, AdminClientConfig.configNames(), Map.of());
  }

  /** Returns Kafka's name of a property, whose dots an environment variable cannot have. */
  static String nameOf(String key) {
    String dotted = key.replace('_', '.');
    return isKnownToAny(dotted) ? dotted : key;
  }

  private Map<String, Object> properties(
      String clientId, Set<String> names, Map<String, Object> fixed) {
    Map<String, Object> result = new HashMap<>();
    settings
        .properties()
        .forEach(
            (name, value) -> {
              if (names.contains(name) || !isKnownToAny(name)) { // a plug-in may know it
                result.put(name, value.reveal());
              }
            });
    result.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    result.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    result.putAll(fixed);
    return result;
  }

  private static boolean isKnownToAny(String name) {
    return ConsumerConfig.configNames().contains(name)
        || ProducerConfig.configNames().contains(name)
        || AdminClientConfig.configNames().contains(name);
  }

  private static Set<String> reserved() {
    Set<String> names = new HashSet<>(CONSUMER.keySet());
    names.addAll(PRODUCER.keySet());
    names.add(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    names.add(CommonClientConfigs.CLIENT_ID_CONFIG);
    names.add(CommonClientConfigs.GROUP_ID_CONFIG);
    names.add(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    return Set.copyOf(names);
  }
}
