package io.millrace.runtime.kafka;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

  @Test
  void clients_noProperties_haveExactlyTheseProperties() {
    ClientProperties clients = new ClientProperties(read(Map.of()));

    assertThat(clients.consumer("trainer"))
        .isEqualTo(
            Map.ofEntries(
                entry("bootstrap.servers", "here:9092"),
                entry("client.id", "trainer"),
                entry("key.deserializer", ByteArrayDeserializer.class.getName()),
                entry("value.deserializer", ByteArrayDeserializer.class.getName()),
                entry("isolation.level", "read_committed"),
                entry("enable.auto.commit", "false"),
                entry("auto.offset.reset", "none"),
                entry("allow.auto.create.topics", "false"),
                entry("max.poll.records", 2000),
                entry("max.partition.fetch.bytes", 8_388_608),
                entry("receive.buffer.bytes", -1)));
    assertThat(clients.producer("trainer"))
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "here:9092",
                "client.id", "trainer",
                "key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
                "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
                "acks", "all",
                "enable.idempotence", "true",
                "max.in.flight.requests.per.connection", "1"));
    assertThat(clients.admin("trainer"))
        .isEqualTo(Map.of("bootstrap.servers", "here:9092", "client.id", "trainer"));
  }

  @Test
  void clients_properties_reachTheClientsThatKnowThem() {
    // Given
    ClientProperties clients =
        new ClientProperties(
            read(
                Map.of(
                    "security.protocol",
                    "SASL_SSL",
                    "fetch.max.bytes",
                    1000,
                    "linger.ms",
                    7,
                    "plugin.own",
                    true)));

    // When, Then
    assertThat(clients.consumer("c"))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("fetch.max.bytes", "1000")
        .containsEntry("plugin.own", "true")
        .doesNotContainKey("linger.ms");
    assertThat(clients.producer("p"))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("linger.ms", "7")
        .doesNotContainKey("fetch.max.bytes");
    assertThat(clients.admin("a"))
        .containsEntry("security.protocol", "SASL_SSL")
        .doesNotContainKeys("fetch.max.bytes", "linger.ms");
  }

  @Test
  void read_propertyFromTheEnvironment_isKnownByItsDots() {
    KafkaSettings settings = read(Map.of("sasl_mechanism", "PLAIN", "my_own", "kept"));

    assertThat(settings.properties()).containsOnlyKeys("sasl.mechanism", "my_own");
  }

  @Test
  void toString_password_doesNotShow() {
    KafkaSettings settings =
        read(Map.of("sasl.jaas.config", "hidden", "ssl.keystore.password", "hidden"));

    assertThat(settings.toString())
        .contains("here:9092", "sasl.jaas.config")
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isolation.level",
        "transactional.id",
        "acks",
        "group.id",
        "enable_auto_commit",
        "max.in.flight.requests.per.connection"
      })
  void read_propertyThatPromisesRestOn_isAProblem(String property) {
    assertThatThrownBy(() -> read(Map.of(property, "any")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith(
            "kafka.properties." + property + ": is any; allowed: leaving it to Millrace");
  }

  @Test
  void read_nestedProperty_isAProblemThatShowsNoValue() {
    assertThatThrownBy(() -> read(Map.of("sasl", Map.of("password", "hidden"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("kafka.properties.sasl: is a section or a list; allowed: text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "here:", ":9092", "here:9092,there"})
  void read_addressWithoutHostAndPort_isAProblem(String address) {
    Section root = Section.root(Map.of("kafka", Map.of("bootstrap_servers", address)));

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "kafka.bootstrap_servers: is "
                + address
                + "; allowed: text, host:port, several with commas");
  }

  @ParameterizedTest
  @ValueSource(strings = {"here:9092", "a.example:9092, b.example:9093", "[::1]:9092"})
  void read_address_isKept(String address) {
    Section root = Section.root(Map.of("kafka", Map.of("bootstrap_servers", address)));

    assertThat(read(root).bootstrapServers()).isEqualTo(address);
  }

  private static KafkaSettings read(Map<String, Object> properties) {
    Map<String, Object> kafka = new HashMap<>(Map.of("bootstrap_servers", "here:9092"));
    kafka.put("properties", properties);
    return read(Section.root(Map.of("kafka", kafka)));
  }

  private static KafkaSettings read(Section root) {
    KafkaSettings settings = KafkaSettings.read(root.section("kafka"));
    root.finish();
    return settings;
  }
}
