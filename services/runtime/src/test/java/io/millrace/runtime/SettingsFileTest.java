package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
        .hasMessageContaining("record: is not known here; did you mean records? allowed: ");
  }

  @ParameterizedTest
  @CsvSource({"layers[1].units, 5", "layers[0].type, 3", "layers[2].units, 1", "own.dots.x, 7"})
  void read_problemWithAnOption_namesTheLine(String path, int line) throws IOException {
    SettingsFile file =
        load(
            """
            layers:
              # a comment
              - {type: dense, units: x}
              - type: dense
                units: y
            own:
              dots.x: z
            """,
            Map.of());

    assertThatThrownBy(
            () ->
                file.read(
                    root -> {
                      root.ignore("layers", "own");
                      root.report(path, "is wrong");
                      return root;
                    }))
        .hasMessage(path + ": is wrong (line " + line + " of model.yaml)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2 | , line 2, column 1: found duplicate key a",
        "a: [1, 2 | , line 1, column 9: expected ',' or ']'",
        "a: b: c | , line 1, column 5: mapping values are not allowed here",
        "a:\\n\\tb: 1 | , line 2, column 1: found character '\\t(TAB)' that cannot start any token",
        "a:\\n  b: 1\\n c: 2 | , line 3, column 2: ",
        "a: &x\\n  b: *x | , line 2, column 3: an alias (*) to what it stands in",
        "a: *x | , line 1, column 4: found undefined alias x",
        "a: !!set {b, c} | , line 1, column 4: the tag tag:yaml.org,2002:set; allowed: none",
        "a: [!!binary aGk=] | , line 1, column 5: the tag tag:yaml.org,2002:binary; allowed: none",
        "'' | holds no settings",
        "- a | holds no settings",
      })
  void load_notSuchADocument_saysWhereAndWhy(String text, String message) {
    assertThatThrownBy(() -> load(text.translateEscapes(), Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("model.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void read_aliases_areWhatTheyStandForAndEachOfItsOwn() throws IOException {
    // Given: two equal layers as PyYAML writes them
    String yaml =
        "layers:\n- &id001\n  type: dense\n  units: 42\n- *id001\n- <<: *id001\n  units: &one 1\n"
            + "seed: *one\n";
    Function<Section, List<Object>> reader =
        root -> {
          List<Object> read = new ArrayList<>();
          for (Section layer : root.sections("layers")) {
            read.add(layer.text("type", "").required() + layer.integer("units", "").required());
          }
          read.add(root.integer("seed", "").required());
          return read;
        };

    // When, Then
    assertThat(load(yaml, Map.of()).read(reader))
        .containsExactly("dense42", "dense42", "dense1", 1);
    assertThat(
            load(yaml, Map.of("MILLRACE_A__B", "2"))
                .<Object>read(
                    root ->
                        root.section("a").integer("b", "").required() + reader.apply(root).size()))
        .isEqualTo(6);
  }

  @Test
  void load_listsWithinListsWithoutEnd_areRefusedWithTheLine() {
    for (String deep : List.of("a: " + "[".repeat(100_000), "{a: ".repeat(100_000))) {
      assertThatThrownBy(() -> load(deep, Map.of()))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("model.yaml, line 1, column ")
          .hasMessageContaining(": lists and sections more than 100 within each other");
    }
  }

  @Test
  void read_numbersThatJsonDoesNotKnow_areTextsAsWritten() throws IOException {
    String yaml =
        "records: {topic: t}\ntraining: {batch_size: 010}\nclasses: [01067, 0x10, 0o7, +1, .5, 10]";

    assertThat(load(yaml, Map.of()).read(Example::read))
        .isEqualTo(new Example("t", 10, List.of("01067", "0x10", "0o7", "+1", ".5", "10"), "adam"));
  }

  @Test
  void read_environmentVariableForAList_isAsInYaml() throws IOException {
    for (Map.Entry<String, List<String>> list :
        Map.of("[]", List.<String>of(), "[\"a, b\", 'c']", List.of("a, b", "c")).entrySet()) {
      Map<String, String> environment =
          Map.of(
              "MILLRACE_RECORDS__TOPIC", "t",
              "MILLRACE_TRAINING__BATCH_SIZE", "1",
              "MILLRACE_A__CLASSES", list.getKey());

      assertThat(
              load("a: {}", environment)
                  .<List<String>>read(
                      root -> {
                        root.ignore("records", "training");
                        return root.section("a").texts("classes", "").required();
                      }))
          .isEqualTo(list.getValue());
    }
  }

  @Test
  void load_aliasesWithoutEnd_areRefusedWithTheLine() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, alias))));
    }
    String many = "a: &a 1\nb: [" + String.join(", ", Collections.nCopies(501, "*a")) + "]";
    String enough = "a: &a 1\nb: [" + String.join(", ", Collections.nCopies(500, "*a")) + "]";

    assertThatThrownBy(() -> load(laughs.toString(), Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "model.yaml, line 6, column 5: aliases (*) that stand for more than 100000 values");
    assertThatThrownBy(() -> load(many, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("model.yaml, line 2, column ")
        .hasMessageContaining(": more than 500 aliases (*)");
    assertThatCode(() -> load(enough, Map.of())).doesNotThrowAnyException();
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
  void tree_archiveOfKeras_isItsConfiguration() throws IOException {
    SettingsFile file = load("a: 1", Map.of());
    archive("model.keras", "config.json", "{\"class_name\": \"Sequential\"}");
    archive("other.keras", "metadata.json", "{}");
    Files.writeString(folder.resolve("text.keras"), "no archive");

    assertThat(file.tree("model.keras")).isEqualTo(Map.of("class_name", "Sequential"));
    assertThatThrownBy(() -> file.tree("other.keras"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith("other.keras is an archive without config.json");
    assertThatThrownBy(() -> file.tree("text.keras"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("text.keras cannot be read as an archive of Keras");
    assertThatThrownBy(() -> file.tree("none.keras"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith("none.keras does not exist");
  }

  private void archive(String name, String entry, String text) throws IOException {
    try (ZipOutputStream archive =
        new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      archive.putNextEntry(new ZipEntry(entry));
      archive.write(text.getBytes(StandardCharsets.UTF_8));
    }
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
