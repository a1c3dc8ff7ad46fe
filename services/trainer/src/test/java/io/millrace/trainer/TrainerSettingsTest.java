package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.RecordFormat;
import io.millrace.trainer.intake.RecordSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerSettingsTest {
  @TempDir private Path folder;

  @Test
  void read_onlyWhatIsRequired_theRestHasDefaults() {
    TrainerSettings settings = read(document());

    assertThat(settings.model()).isEqualTo("numbers");
    assertThat(settings.records())
        .extracting(RecordSettings::topic, RecordSettings::format, RecordSettings::deadLetters)
        .containsExactly("numbers", RecordFormat.JSON, "numbers.dead-letters");
    assertThat(settings.maxBatchAge()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.checkpoints().topic()).isEqualTo("numbers.checkpoints");
    assertThat(settings.checkpoints().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.management().transport().endpoint().host()).isEqualTo("127.0.0.1");
    assertThat(settings.management().transport().endpoint().port()).isEqualTo(9090);
  }

  @Test
  void read_everythingGiven_isTaken() {
    Map<String, Object> document = document();
    document.put("records", Map.of("topic", "t", "format", "protobuf", "dead_letters", "bad-ones"));
    document.put("training", Map.of("max_batch_age", "250ms"));
    document.put("serving", Map.of("anything", "of the predictor's"));
    document.put("file", Map.of("anything", "of those who read files"));

    TrainerSettings settings = read(document);

    assertThat(settings.records())
        .extracting(RecordSettings::topic, RecordSettings::format, RecordSettings::deadLetters)
        .containsExactly("t", RecordFormat.PROTOBUF, "bad-ones");
    assertThat(settings.maxBatchAge()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void read_managementOnLoopbackOrWithOperators_takesCommandsOverGrpc() {
    assertThat(grpc(Map.of())).isTrue();
    assertThat(grpc(Map.of("host", "localhost"))).isTrue();
    assertThat(grpc(Map.of("host", "0.0.0.0"))).isFalse();
    assertThat(grpc(Map.of("host", "10.0.0.7"))).isFalse();
    assertThat(grpc(Map.of("host", "0.0.0.0", "authentication", Map.of("tokens", "tokens"))))
        .isTrue();
    Map<String, String> tls = Map.of("certificate", "c", "key", "k", "client_ca", "ca");
    assertThat(grpc(Map.of("host", "0.0.0.0", "tls", tls))).isFalse();
    Map<String, Object> operators = Map.of("operators", List.of("CN=ops"));
    assertThat(grpc(Map.of("host", "0.0.0.0", "tls", tls, "authentication", operators))).isTrue();
  }

  @Test
  void read_commandsWantedFromAnyone_isRefused() {
    Map<String, Object> document = document();
    document.put("management", Map.of("host", "0.0.0.0"));
    document.put("commands", Map.of("grpc", true));

    assertThatThrownBy(() -> read(document))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("commands.grpc: is true, but management listens on 0.0.0.0")
        .hasMessageContaining("allowed: with management.authentication");
  }

  private boolean grpc(Map<String, Object> management) {
    Map<String, Object> document = document();
    document.put("management", management);
    return read(document).commands().grpc();
  }

  @Test
  void sha256_whatIsLearnedFrom_decidesOnIt() {
    Map<String, Object> otherBatch = document();
    otherBatch.put("training", Map.of("batch_size", 7));
    Map<String, Object> otherPort = document();
    otherPort.put("management", Map.of("port", 1));

    String digest = read(document()).sha256();

    assertThat(read(otherBatch).sha256()).isNotEqualTo(digest);
    assertThat(read(otherPort).sha256()).isEqualTo(digest);
  }

  @Test
  void read_manyMistakes_areReportedTogether() {
    Map<String, Object> document = document();
    document.put("model", "no spaces, please");
    document.put("records", Map.of("format", "xml", "dead_letters", "x"));
    document.put("training", Map.of("max_batch_age", "soon"));
    document.put("learning_rate", 0.1);

    assertThatThrownBy(() -> read(document))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("model: is no spaces, please; allowed: text, letters, digits")
        .hasMessageContaining("records.topic: is required: text, a topic's name")
        .hasMessageContaining("records.format: is xml; allowed: one of json, csv, protobuf")
        .hasMessageContaining("training.max_batch_age: is soon; allowed: time such as")
        .hasMessageContaining("learning_rate: is not known here");
  }

  @Test
  void read_groupOrSliceThatRecordsCannotHave_isReported() throws IOException {
    Map<String, Object> csv =
        Map.of("topic", "t", "format", "csv", "columns", List.of("x", "y", "user"));
    Map<String, Object> protobuf = Map.of("topic", "t", "format", "protobuf");
    Path schema =
        Files.writeString(
            folder.resolve("event.avsc"),
            """
            {"type": "record", "name": "Event", "fields": [
              {"name": "x", "type": "double"}, {"name": "tags", "type":
                {"type": "array", "items": "string"}},
              {"name": "user", "type": ["null", {"type": "record", "name": "User", "fields": [
                {"name": "city", "type": "string"}]}]}]}
            """);
    Map<String, Object> avro = Map.of("topic", "t", "format", "avro", "schema", schema.toString());

    assertThat(read(judged(csv, "user", "y")).records().format()).isEqualTo(RecordFormat.CSV);
    assertThat(read(judged(protobuf, "id", "y")).records().format())
        .isEqualTo(RecordFormat.PROTOBUF);
    assertThat(read(judged(avro, "user.city", "x")).records().format())
        .isEqualTo(RecordFormat.AVRO);
    assertThatThrownBy(() -> read(judged(csv, "city", "x")))
        .hasMessageContaining(
            "validation.group_by: has city, but records of format csv have no such text, number or"
                + " boolean");
    assertThatThrownBy(() -> read(judged(protobuf, "id", "user")))
        .hasMessageContaining("validation.slices: has user, but records of format protobuf")
        .hasMessageContaining("allowed: id, and labels with classes");
    assertThatThrownBy(() -> read(judged(avro, "user", "tags")))
        .hasMessageContaining("validation.group_by: has user")
        .hasMessageContaining("validation.slices: has tags");
  }

  private static Map<String, Object> judged(
      Map<String, Object> records, String group, String slice) {
    Map<String, Object> document = document();
    document.put("records", records);
    document.put("outputs", Map.of("y", Map.of("classes", List.of("a", "b"))));
    document.put("network", Map.of("layers", List.of(Map.of("type", "dense", "units", 2))));
    document.put("validation", Map.of("group_by", group, "slices", List.of(slice)));
    return document;
  }

  private static TrainerSettings read(Map<String, Object> document) {
    Section root = Section.root(document);
    TrainerSettings settings = TrainerSettings.read(root);
    root.finish();
    return settings;
  }

  private static Map<String, Object> document() {
    Map<String, Object> document = new HashMap<>();
    document.put("model", "numbers");
    document.put("kafka", Map.of("bootstrap_servers", "localhost:9092"));
    document.put("records", Map.of("topic", "numbers"));
    document.put("inputs", Map.of("features", Map.of("fields", List.of("x"))));
    document.put("outputs", Map.of("y", Map.of()));
    document.put("network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1))));
    return document;
  }
}
