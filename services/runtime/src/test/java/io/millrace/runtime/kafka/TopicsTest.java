package io.millrace.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static EmbeddedBroker broker;
  private static Topics topics;

  @BeforeAll
  static void connect() {
    broker = EmbeddedBroker.started();
    topics = Topics.connect(settings(broker.bootstrapServers(), Map.of()));
  }

  @AfterAll
  static void close() {
    topics.close();
    broker.close();
  }

  @Test
  void ensure_missingTopic_createsIt() {
    topics.ensure("records.topic", topic("created", 3));

    assertThat(topics.partitions("records.topic", "created")).isEqualTo(3);
  }

  @Test
  void ensure_existingTopic_leavesIt() {
    // Given
    topics.ensure("records.topic", topic("existing", 2));

    // When
    topics.ensure(
        "records.topic", topic("existing", 2).configs(Map.of("cleanup.policy", "compact")));

    // Then
    assertThat(topics.partitions("records.topic", "existing")).isEqualTo(2);
  }

  @Test
  void ensure_otherNumberOfPartitions_isAProblem() {
    topics.ensure("checkpoints.topic", topic("wide", 2));

    assertThatThrownBy(() -> topics.ensure("checkpoints.topic", topic("wide", 1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "checkpoints.topic: is wide; it has 2 partitions; allowed: 1 (on %s)",
            broker.bootstrapServers());
  }

  @Test
  void ensure_noMarkerOfATransactionFits_isAProblem() {
    topics.ensure("events.topic", topic("tiny", 1).configs(Map.of("max.message.bytes", "77")));
    topics.ensure("events.topic", topic("small", 1).configs(Map.of("max.message.bytes", "78")));

    topics.ensure("events.topic", topic("small", 1));
    assertThatThrownBy(() -> topics.ensure("events.topic", topic("tiny", 1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "events.topic: is tiny; its max.message.bytes is 77; allowed: at least 78");
  }

  @Test
  void prepare_allCanBeUsed_createsWhatIsMissing() {
    topics.ensure("records.topic", topic("planned", 1));
    TopicPlan plan =
        TopicPlan.NONE
            .reading("records.topic", "planned")
            .owning("events.topic", topic("planned.events", 1));

    topics.prepare(plan.and(plan));
    topics.prepare(plan);

    assertThat(topics.partitions("events.topic", "planned.events")).isOne();
  }

  @Test
  void prepare_oneCannotBeUsed_createsNone() {
    topics.ensure("commands.topic", topic("refused.commands", 2));
    TopicPlan first = TopicPlan.NONE.owning("events.topic", topic("refused.events", 1));

    assertThatThrownBy(() -> topics.prepare(first.reading("records.topic", "refused")))
        .hasMessageStartingWith("records.topic: is refused; there is no such topic");
    assertThatThrownBy(
            () -> topics.prepare(first.owning("commands.topic", topic("refused.commands", 1))))
        .hasMessageStartingWith("commands.topic: is refused.commands; it has 2 partitions");
    assertThatThrownBy(
            () -> topics.prepare(first.owning("checkpoints.topic", topic("no spaces", 1))))
        .hasMessageStartingWith("checkpoints.topic: is no spaces; ");
    assertThat(topics.exists("events.topic", "refused.events")).isFalse();
  }

  @Test
  void limits_ofATopic_areThoseOfItsConfiguration() {
    Map<String, String> configs =
        Map.of(
            "max.message.bytes", "2000",
            "message.timestamp.before.max.ms", "1000",
            "cleanup.policy", "compact");
    topics.ensure("records.topic", topic("limited", 1).configs(configs));

    assertThat(topics.limits("records.topic", "limited"))
        .isEqualTo(new RecordLimits(2000, 1000, false));
  }

  @Test
  void limits_brokersSetTheTime_isOfAnyAge() {
    Map<String, String> configs =
        Map.of(
            "message.timestamp.type", "LogAppendTime",
            "message.timestamp.before.max.ms", "1000");
    topics.ensure("records.topic", topic("appended", 1).configs(configs));

    assertThat(topics.limits("records.topic", "appended").ageMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void ensure_invalidName_isAProblem() {
    assertThatThrownBy(() -> topics.ensure("checkpoints.topic", topic("no spaces", 1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("checkpoints.topic: is no spaces; ");
  }

  @Test
  void partitions_missingTopic_namesOptionTopicAndBroker() {
    assertThatThrownBy(() -> topics.partitions("records.topic", "absent"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "records.topic: is absent; there is no such topic: create it or correct the name (on %s)",
            broker.bootstrapServers());
  }

  @Test
  void connect_noBroker_saysSoWithinThePatience() {
    assertThatThrownBy(
            () -> Topics.connect(settings("127.0.0.1:1", Map.of()), Duration.ofSeconds(1)))
        .isInstanceOf(BrokersAwayException.class)
        .hasMessage("no broker answered within 1 s at 127.0.0.1:1 (kafka.bootstrap_servers)");
  }

  @Test
  void connect_unknownHosts_mayBecomeKnown() {
    KafkaSettings unknown = settings("no-such-host.invalid:9092, nor-this.invalid:9092", Map.of());

    assertThatCode(() -> Topics.check(unknown)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Topics.connect(unknown))
        .isInstanceOf(BrokersAwayException.class)
        .hasMessage(
            "no host of no-such-host.invalid:9092, nor-this.invalid:9092 (kafka.bootstrap_servers)"
                + " has an address");
  }

  @Test
  void connect_oneHostIsKnown_isEnough() {
    topics.ensure("records.topic", topic("any", 1));
    String servers = "no-such-host.invalid:9092," + broker.bootstrapServers();

    try (Topics connected = Topics.connect(settings(servers, Map.of()))) {
      assertThat(connected.limits("records.topic", "any").batchBytes()).isPositive();
    }
  }

  @Test
  void connect_unusableProperty_isAProblem() {
    Map<String, Secret> properties = Map.of("security.protocol", new Secret("NONE"));

    assertThatThrownBy(() -> Topics.connect(settings(broker.bootstrapServers(), properties)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("kafka: cannot be used: Invalid value NONE");
  }

  private static KafkaSettings settings(String address, Map<String, Secret> properties) {
    return new KafkaSettings(address, properties);
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }
}
