package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many kinds of mistakes in one file fit on one screen: each with its key, its value and what is
 * allowed.
 */
class BadSettingsTest {
  private static final String MANY_MISTAKES =
      """
      kafka:
        bootstrap_servers: localhost
        properties: {isolation.level: read_uncommitted, sasl: {mechanism: PLAIN}}
      records:
        format: avro
      training:
        batch_size: 32.5
        max_batch_age: 5
        learning_rat: 0.1
      callbacks: {patience: -1}
      validation: [paired]
      layers: dense
      management: {port: 65536}
      """;

  @TempDir Path folder;

  enum Format {
    JSON,
    PROTOBUF
  }

  /** Reads a document with an option of every kind. */
  private static Endpoint read(Section root) {
    KafkaSettings.read(root.section("kafka"));
    Section records = root.section("records");
    records.text("topic", "The topic of labelled records.").required();
    records.choice("format", Format.class, "How a record is written.").orElse(Format.JSON);
    Section training = root.section("training");
    training.integer("batch_size", "Records a step.").atLeast(1).orElse(32);
    training.duration("max_batch_age", "How long it waits.").orElse(Duration.ofSeconds(5));
    training.decimal("learning_rate", "The rate.").above(0).orElse(0.001);
    root.section("callbacks").integer("patience", "Evaluations.").atLeast(0).orElse(20);
    root.section("validation").flag("paired", "How losses are compared.").orElse(true);
    root.sections("layers").forEach(layer -> layer.text("type", "Its kind.").required());
    return Endpoint.read(root.section("management"), 8081);
  }

  @Test
  void read_manyKindsOfMistakes_namesEachKeyValueAndWhatIsAllowed() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("model.yaml"), MANY_MISTAKES);
    Map<String, String> environment = Map.of("MILLRACE_TRAINING__LEARNING_RATE", "fast");
    SettingsFile settings = SettingsFile.load(file, environment);

    // When
    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> settings.read(BadSettingsTest::read));

    // Then
    String screen =
        invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    assertThat(screen)
        .isEqualTo(
            """
            kafka.bootstrap_servers: is localhost; allowed: text, host:port, several with commas (line 2 of model.yaml)
            kafka.properties.sasl: is a section or a list; allowed: text (line 3 of model.yaml)
            kafka.properties.isolation.level: is read_uncommitted; allowed: leaving it to Millrace (line 3 of model.yaml)
            records.topic: is required: text (The topic of labelled records.) (line 4 of model.yaml)
            records.format: is avro; allowed: one of json, protobuf (line 5 of model.yaml)
            training.batch_size: is 32.5; allowed: whole number, at least 1 (line 7 of model.yaml)
            training.max_batch_age: is 5; allowed: time such as 500ms, 10s, 5m (line 8 of model.yaml)
            training.learning_rate: is fast; allowed: number, above 0 (from MILLRACE_TRAINING__LEARNING_RATE)
            callbacks.patience: is -1; allowed: whole number, at least 0 (line 10 of model.yaml)
            validation: is [paired]; allowed: a section of options (line 11 of model.yaml)
            layers: is dense; allowed: a list (line 12 of model.yaml)
            management.port: is 65536; allowed: whole number, at least 0, at most 65535 (line 13 of model.yaml)
            training.learning_rat: is not known here; did you mean learning_rate? allowed: batch_size, max_batch_age, learning_rate (line 9 of model.yaml)
            """
                .stripTrailing());
  }
}
