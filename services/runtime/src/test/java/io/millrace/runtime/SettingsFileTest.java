package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  @TempDir Path folder;

  record Example(String topic, int batchSize, List<String> classes, String optimizer) {
    static Example read(Section root) {
      Section training = root.section("training");
      Section optimizer = training.typed("optimizer", "adam");
      optimizer.ignore("learning_rate");
      return new Example(
          root.section("records").text("topic", "").required(),
          training.integer("batch_size", "").atLeast(1).orElse(32),
          root.texts("classes", "").orElse(List.of()),
          optimizer.text("type", "").required());
    }
  }

  @Test
  void read_file_givesItsOptions() throws IOException {
    SettingsFile file =
        load("records: {topic: letters}\ntraining: {batch_size: 8}\nclasses: [Y, N]", Map.of());

    assertThat(file.read(Example::read))
        .isEqualTo(new Example("letters", 8, List.of("Y", "N"), "adam"));
  }

  @Test
  void read_environmentVariables_areInForceOverTheFile() throws IOException {
    // Given
    Map<String, String> environment =
        Map.of(
            "MILLRACE_RECORDS__TOPIC", "digits",
            "MILLRACE_TRAINING__BATCH_SIZE", "64",
            "MILLRACE_TRAINING__OPTIMIZER__LEARNING_RATE", "0.1");

    // When
    SettingsFile file = load("records: {topic: letters}\ntraining: {optimizer: sgd}", environment);

    // Then
    assertThat(file.read(Example::read)).isEqualTo(new Example("digits", 64, List.of(), "sgd"));
  }

  @Test
  void read_environmentVariableForAListOrAKeyWithDots_findsIt() throws IOException {
    // Given
    Map<String, String> environment =
        Map.of("MILLRACE_A__CLASSES", "[x, y z]", "MILLRACE_A__SSL_KEY_TYPE", "PEM");

    SettingsFile file = load("a: {ssl.key-type: none}", environment);

    // When
    List<String> read =
        file.read(
            root -> {
              Section section = root.section("a");
              List<String> values = new ArrayList<>(section.texts("classes", "").required());
              values.add(section.text("ssl.key-type", "").required());
              return values;
            });

    // Then
    assertThat(read).containsExactly("x", "y z", "PEM");
  }

  @Test
  void read_variableWithoutTwoUnderscores_isLeftAlone() throws IOException {
    Map<String, String> kubernetes = Map.of("MILLRACE_PREDICTOR_PORT_8080_TCP", "tcp://10.0.0.1");

    SettingsFile file = load("records: {topic: letters}", kubernetes);

    assertThat(file.read(Example::read).topic()).isEqualTo("letters");
  }

  @Test
  void read_severalProblems_reportsThemTogetherAndNamesTheVariable() throws IOException {
    // Given
    SettingsFile file =
        load(
            "record: {}\ntraining: {batch_size: 8}",
            Map.of("MILLRACE_TRAINING__BATCH_SIZE", "many"));

    // When, Then
    assertThatThrownBy(() -> file.read(Example::read))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("records.topic: is required: text")
        .hasMessageContaining(
            "training.batch_size: is many; allowed: whole number, at least 1"
                + " (from MILLRACE_TRAINING__BATCH_SIZE)")
        .hasMessageContaining("record: is not known here; allowed: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2 | , line 2, column 1: found duplicate key a",
        "a: [1, 2 | , line 1, column 9: expected ',' or ']'",
        "a: b: c | , line 1, column 5: mapping values are not allowed here",
        "a: &x [1]\\nb: *x | aliases",
        "a: &x [*x] | aliases",
        "'' | holds no settings",
        "- a | holds no settings",
      })
  void load_notSuchADocument_saysWhereAndWhy(String text, String message) {
    assertThatThrownBy(() -> load(text.replace("\\n", "\n"), Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("model.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void load_nothingToRead_saysSo() throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0, 1});

    assertThatThrownBy(() -> SettingsFile.load(folder.resolve("none.yaml"), Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith("none.yaml does not exist");
    assertThatThrownBy(() -> SettingsFile.load(folder, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith(" is a folder");
    assertThatThrownBy(() -> SettingsFile.load(binary, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith("binary.yaml is not a text in UTF-8");
  }

  @Test
  void resolve_relativeName_startsAtTheFile() throws IOException {
    SettingsFile file = load("a: 1", Map.of());

    assertThat(file.resolve("data.csv")).isEqualTo(folder.resolve("data.csv"));
    assertThat(file.resolve("/data.csv")).isEqualTo(Path.of("/data.csv"));
  }

  private SettingsFile load(String text, Map<String, String> environment) throws IOException {
    return SettingsFile.load(Files.writeString(folder.resolve("model.yaml"), text), environment);
  }
}
