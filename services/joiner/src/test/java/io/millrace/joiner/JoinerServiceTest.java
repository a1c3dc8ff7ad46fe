package io.millrace.joiner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.millrace.joiner.joining.FeaturesFormat;
import io.millrace.joiner.joining.JoinSettings;
import io.millrace.joiner.joining.Outcome;
import io.millrace.joiner.merging.JoinFormat;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.access.AccessSettings;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.Transport;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.ReadinessSettings;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinerServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BEFORE_MAX_MS = "message.timestamp.before.max.ms";
  private static final long HOUR = 3_600_000;
  private static EmbeddedBroker broker;

  @TempDir private Path folder;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.started(Map.of("log.message.timestamp.before.max.ms", "" + HOUR));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void start_topicsWithOtherPartitions_saysSo() throws Exception {
    createTopics(new NewTopic("f2", 2, (short) 1), new NewTopic("l3", 3, (short) 1));

    JoinerService service = service("f2", "l3");
    service.start();
    await(() -> !failures.isEmpty());

    assertThat(failures.peek())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "join.labels_topic: is l3; it has 3 partitions; allowed: as many as f2, 2");
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void start_topicMissing_saysSo() throws Exception {
    JoinerService service = service("nowhere", "l");
    service.start();
    await(() -> !failures.isEmpty());

    assertThat(failures.peek())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("join.features_topic: is nowhere; there is no such topic");
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void join_recordsTopicRefusesSizesAndTimes_everyOtherPairIsJoinedOnce(boolean known)
      throws Exception {
    // Given
    String name = known ? "known" : "learned";
    createTopics(ofAnyTime(name), ofAnyTime(name + "-l"), topic(name + ".unjoined"));
    createTopics(known ? topic(name + ".records") : ofAnyTime(name + ".records"));
    if (known) {
      limit(name);
    }
    JoinerService service = service(name, name + "-l");
    service.start();
    await(() -> health.reasonsAgainstReadiness().isEmpty());
    limit(name);

    // When
    long old = System.currentTimeMillis() - 2 * HOUR;
    sendPair(name, "small", null, 10);
    sendPair(name, "large", null, 3000);
    sendPair(name, "old", old, 10);
    sendPair(name, "older", old - HOUR, 10);
    sendPair(name, "last", null, 10);

    // Then
    await(() -> keys(name + ".records").size() >= 4 && keys(name + ".unjoined").size() >= 2);
    assertThat(service.totals().of(Outcome.REFUSED)).isEqualTo(2);
    assertThat(service.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(keys(name + ".records")).containsExactlyInAnyOrder("small", "old", "older", "last");
    assertThat(keys(name + ".unjoined")).containsExactlyInAnyOrder("null", "large");
  }

  @Test
  void join_unjoinedTopicTakesNothingWithoutKey_isCountedAndPassedOver() throws Exception {
    // Given
    createTopics(
        topic("c"), topic("c-l"), topic("c.unjoined").configs(Map.of("cleanup.policy", "compact")));
    JoinerService service = service("c", "c-l");
    service.start();

    // When
    send(new ProducerRecord<>("c", null, bytes("{}")));
    send("c", "bad", "no JSON");
    sendPair("c", "good", null, 10);

    // Then
    await(() -> keys("c.records").size() == 1 && keys("c.unjoined").size() == 1);
    assertThat(service.totals().of(Outcome.WITHOUT_KEY)).isEqualTo(1);
    assertThat(service.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(keys("c.unjoined")).containsExactly("bad");
  }

  @Test
  void metrics_ofARunInWhichEverythingHappens_allMove() throws Exception {
    // Given
    createTopics(ofAnyTime("m"), ofAnyTime("m-l"), topic("m.records"));
    set("m.records", "max.message.bytes", "2000");
    JoinerService service = service("m", "m-l");
    service.start();
    for (int pair = 0; pair < 6; pair++) { // so that stream time is believed
      sendPair("m", "pair" + pair, null, 10);
    }
    await(() -> service.totals().of(Outcome.JOINED) == 6);

    // When
    sendPair("m", "pair0", null, 10);
    send("m-l", "pair0", "{\"y\":2}");
    sendPair("m", "large", null, 3000);
    sendPair("m", "old", System.currentTimeMillis() - 4 * HOUR, 10);
    send("m", "huge", "z".repeat(600_000));
    send("m", "bad", "no JSON");
    send(new ProducerRecord<>("m", null, bytes("{}")));

    // Then
    await(() -> unmoved().isEmpty());
    assertThat(service.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void start_brokersAway_waitsAndJoinsOnceTheyAreThere() throws Exception {
    // Given
    createTopics(topic("w"), topic("w-l"));
    sendPair("w", "early", null, 10);
    broker.stop();

    // When
    JoinerService service = service("w", "w-l");
    service.start();
    await(() -> health.reasonsAgainstReadiness().getOrDefault("topics", "").startsWith("waits"));
    broker.start();

    // Then
    await(() -> service.totals().of(Outcome.JOINED) == 1);
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(service.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void stop_whileBrokersAreAway_ends() throws Exception {
    broker.stop();
    JoinerService service = service("never", "never-l");
    service.start();

    assertThat(service.stop(PATIENCE)).isTrue();
    broker.start();
    assertThat(failures).isEmpty();
  }

  @Test
  void join_stoppedAndStartedElsewhere_countsGoOn() throws Exception {
    // Given
    createTopics(new NewTopic("f", 1, (short) 1), new NewTopic("l", 1, (short) 1));
    JoinerService first = service("f", "l");
    first.start();
    send("f", "a", "{\"x\":1}");
    send("l", "a", "{\"y\":1}");
    send("f", "b", "{\"x\":1}");
    await(() -> first.totals().of(Outcome.JOINED) == 1);
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(
            metrics
                .registry()
                .get("millrace.joiner.ledger.records")
                .tag("outcome", "joined")
                .gauge()
                .value())
        .isEqualTo(1);

    // When
    boolean stopped = first.stop(PATIENCE);
    folder = folder.resolve("another");
    JoinerService second = service("f", "l");
    second.start();
    send("l", "a", "{\"y\":1}");
    send("l", "b", "{\"y\":1}");

    // Then
    assertThat(stopped).isTrue();
    await(() -> second.totals().of(Outcome.JOINED) == 2);
    assertThat(second.totals().of(Outcome.DUPLICATE_LABEL)).isEqualTo(1);
    assertThat(second.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void join_topicTakenAway_endsWithTheReason() throws Exception {
    createTopics(new NewTopic("gone", 1, (short) 1), new NewTopic("gone-l", 1, (short) 1));
    JoinerService service = service("gone", "gone-l");
    service.start();
    await(() -> health.reasonsAgainstReadiness().isEmpty());

    try (Admin admin = admin()) {
      admin.deleteTopics(List.of("gone")).all().get();
    }

    await(() -> !failures.isEmpty());
    assertThat(failures.peek()).isInstanceOf(MissingSourceTopicException.class);
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  private JoinerService service(String features, String labels) {
    JoinSettings join =
        new JoinSettings(
            features,
            FeaturesFormat.RECORDS,
            labels,
            features + ".records",
            Optional.of(features + ".unjoined"),
            JoinFormat.JSON,
            Duration.ofHours(3));
    Transport plain = Transport.plain(new Endpoint("join.management", "127.0.0.1", 0));
    JoinerSettings settings =
        new JoinerSettings(
            features,
            kafka(),
            join,
            folder,
            new ManagementSettings(plain, AccessSettings.none("join.management")),
            new ReadinessSettings(Duration.ofSeconds(30)));
    return new JoinerService(settings, health, metrics, (name, failure) -> failures.add(failure));
  }

  /** Returns the joiner's meters that are 0, with their tags. */
  private Set<Meter.Id> unmoved() {
    return metrics.registry().getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith("millrace.joiner."))
        .filter(meter -> meter.measure().iterator().next().getValue() == 0)
        .map(Meter::getId)
        .collect(Collectors.toSet());
  }

  private static KafkaSettings kafka() {
    return new KafkaSettings(broker.bootstrapServers(), Map.of());
  }

  private static Admin admin() {
    return Admin.create(new ClientProperties(kafka()).admin("test"));
  }

  private static void createTopics(NewTopic... topics) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topics)).all().get();
      List<String> names = List.of(topics).stream().map(NewTopic::name).toList();
      Set<String> visible = Set.of(); // brokers learn of a topic after the controller
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!visible.containsAll(names)) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        visible = admin.listTopics().names().get();
      }
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, 1, (short) 1);
  }

  /** Returns a topic that accepts records older than the broker's default allows. */
  private static NewTopic ofAnyTime(String name) {
    return topic(name).configs(Map.of(BEFORE_MAX_MS, "" + Long.MAX_VALUE));
  }

  /** Sets small limits on the topics that are written. */
  private static void limit(String name) throws Exception {
    set(name + ".records", BEFORE_MAX_MS, "" + HOUR);
    set(name + ".records", "max.message.bytes", "2000");
    set(name + ".unjoined", "max.message.bytes", "1000");
  }

  private static void set(String topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), OpType.SET);
    try (Admin admin = admin()) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }
  }

  /**
   * Sends features of about {@code bytes} bytes and their label. Without a time, they get the
   * current one.
   */
  private static void sendPair(String name, String key, @Nullable Long time, int bytes)
      throws Exception {
    String features = "{\"x\":\"" + "z".repeat(bytes) + "\"}";
    send(new ProducerRecord<>(name, 0, time, bytes(key), bytes(features)));
    send(new ProducerRecord<>(name + "-l", 0, time, bytes(key), bytes("{\"y\":1}")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Returns the keys of the committed records of a topic of one partition. */
  private static List<String> keys(String topic) {
    List<String> keys = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(new ClientProperties(kafka()).consumer("test"))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record ->
                    keys.add(record.key() == null ? "null" : new String(record.key(), UTF_8)));
      }
    }
    return keys;
  }

  private static void send(String topic, String key, String value) throws Exception {
    send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
  }

  private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(kafka()).producer("test"))) {
      producer.send(record).get();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
