package io.millrace.joiner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.joiner.joining.FeaturesFormat;
import io.millrace.joiner.joining.JoinSettings;
import io.millrace.joiner.merging.JoinFormat;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class JoinerSettingsTest {

  @Test
  void read_onlyWhatIsRequired_theRestHasDefaults() {
    JoinerSettings settings = read(document(Map.of("features_topic", "f", "labels_topic", "l")));

    assertThat(settings.join())
        .isEqualTo(
            new JoinSettings(
                "f",
                FeaturesFormat.RECORDS,
                "l",
                "r",
                Optional.empty(),
                JoinFormat.JSON,
                Duration.ofHours(1)));
    assertThat(settings.stateFolder())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "millrace"));
    assertThat(settings.management().transport().endpoint().port()).isEqualTo(9091);
    assertThat(settings.applicationId()).isEqualTo("numbers.join");
  }

  @Test
  void read_everythingGiven_isTaken() {
    Map<String, Object> join =
        Map.of(
            "features_topic", "f",
            "features_format", "predictions",
            "labels_topic", "l",
            "unjoined_topic", "u",
            "within", "15m",
            "state_dir", "/state",
            "management", Map.of("port", 1));
    Map<String, Object> document = document(join);
    document.put("records", Map.of("topic", "r", "format", "protobuf", "dead_letters", "d"));

    JoinerSettings settings = read(document);

    assertThat(settings.join())
        .isEqualTo(
            new JoinSettings(
                "f",
                FeaturesFormat.PREDICTIONS,
                "l",
                "r",
                Optional.of("u"),
                JoinFormat.PROTOBUF,
                Duration.ofMinutes(15)));
    assertThat(settings.stateFolder()).isEqualTo(Path.of("/state"));
    assertThat(settings.management().transport().endpoint().port()).isEqualTo(1);
  }

  @Test
  void read_mistakes_areToldTogether() {
    Map<String, Object> document =
        document(
            Map.of(
                "features_topic", "r",
                "features_format", "predictions",
                "unjoined_topic", "r",
                "within", "0s",
                "labels", "l"));
    document.put("records", Map.of("topic", "r", "format", "avro"));

    assertThatThrownBy(() -> read(document))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("join.features_topic: is r; allowed: text, a topic's name, a topic")
        .hasMessageContaining("join.features_format: is predictions; allowed with records.format")
        .hasMessageContaining("join.labels_topic: is required")
        .hasMessageContaining("join.unjoined_topic: is r")
        .hasMessageContaining("join.within: is 0s; allowed: time such as")
        .hasMessageContaining("join.labels: is not known here")
        .hasMessageContaining(
            "records.format: is avro; allowed with a section join: json, protobuf");
  }

  @Test
  void properties_ofClientsAndOurs_oursAreInForce() {
    Map<String, Object> document =
        document(Map.of("features_topic", "f", "labels_topic", "l", "state_dir", "/state"));
    Map<String, Object> properties =
        Map.of(
            "security.protocol", "SSL",
            "session.timeout.ms", "6000",
            "processing.guarantee", "at_least_once");
    document.put("kafka", Map.of("bootstrap_servers", "b:9092", "properties", properties));

    assertThat(JoinerService.application(read(document)).all())
        .containsEntry("bootstrap.servers", "b:9092")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("session.timeout.ms", "6000")
        .containsEntry("application.id", "numbers.join")
        .containsEntry("state.dir", "/state")
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
  }

  private static Map<String, Object> document(Map<String, Object> join) {
    Map<String, Object> document = new HashMap<>();
    document.put("model", "numbers");
    document.put("kafka", Map.of("bootstrap_servers", "localhost:9092"));
    document.put("records", Map.of("topic", "r"));
    document.put("inputs", Map.of("anything", "of the trainer's"));
    document.put("join", join);
    return document;
  }

  private static JoinerSettings read(Map<String, Object> document) {
    Section root = Section.root(document);
    JoinerSettings settings = JoinerSettings.readAlone(root);
    root.finish();
    return settings;
  }
}
