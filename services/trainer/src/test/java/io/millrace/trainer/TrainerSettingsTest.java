package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import io.millrace.trainer.intake.RecordFormat;
import io.millrace.trainer.intake.RecordSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerSettingsTest {

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
    assertThat(settings.management().host()).isEqualTo("127.0.0.1");
    assertThat(settings.management().port()).isEqualTo(9090);
  }

  @Test
  void read_everythingGiven_isTaken() {
    Map<String, Object> document = document();
    document.put("records", Map.of("topic", "t", "format", "protobuf", "dead_letters", "bad-ones"));
    document.put("training", Map.of("max_batch_age", "250ms"));
    document.put("serving", Map.of("anything", "of the predictor's"));

    TrainerSettings settings = read(document);

    assertThat(settings.records())
        .extracting(RecordSettings::topic, RecordSettings::format, RecordSettings::deadLetters)
        .containsExactly("t", RecordFormat.PROTOBUF, "bad-ones");
    assertThat(settings.maxBatchAge()).isEqualTo(Duration.ofMillis(250));
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
