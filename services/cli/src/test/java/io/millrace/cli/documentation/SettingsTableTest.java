package io.millrace.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.deployment.Repository;
import io.millrace.cli.invocation.Configuration;
import io.millrace.joiner.JoinerSettings;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.predictor.following.EnsembleSettings;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Described;
import io.millrace.settings.Section;
import io.millrace.trainer.intake.RecordSettings;
import io.millrace.trainer.tensorboard.TensorBoardSettings;
import io.millrace.tuning.trials.SearchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The settings page equals what the code describes, with one table for each section. Run with
 * {@code -Dmillrace.documentation.update=true} to rewrite it.
 */
class SettingsTableTest {
  private static final String UPDATE = "millrace.documentation.update";
  private static final String BEGIN =
      "<!-- settings: generated from the code, checked by SettingsTableTest -->\n";
  private static final String END = "<!-- settings end -->";
  private static final String PAGE = "services/docs/settings.md";
  private static final Path EXAMPLE =
      Repository.file("services/cli/src/main/resources/examples/csv-classification.yaml");

  private static final Path FEATURES =
      Repository.file("services/cli/src/main/resources/examples/json-features.yaml");

  private static final List<String> SECTIONS =
      List.of(
          "model",
          "kafka",
          "records",
          "file",
          "join",
          "inputs",
          "outputs",
          "network",
          "training",
          "rivals",
          "validation",
          "callbacks",
          "drift",
          "rounds",
          "search",
          "checkpoints",
          "champion",
          "events",
          "commands",
          "tensorboard",
          "serving",
          "management",
          "readiness");

  /** Sections that the examples lack. */
  private static final Map<String, Object> NOT_IN_EXAMPLES =
      Map.of(
          "serving",
          Map.of("ensembles", Map.of("mean", Map.of("members", List.of("letters", "digits")))),
          "training",
          Map.of("replay", Map.of(), "augmentation", Map.of()),
          "drift",
          Map.of(),
          "tensorboard",
          Map.of());

  /** Formats with their own options; the files that they name do not exist. */
  private static final List<Map<String, Object>> FORMATS =
      List.of(
          Map.of("format", "csv"),
          Map.of("format", "avro", "framing", "confluent", "schemas", Map.of("17", "x.avsc")),
          Map.of("format", "protobuf_message"));

  /** Searches with their own options. */
  private static final List<Map<String, Object>> SEARCHES =
      List.of(
          search("tpe", "asha", Map.of("type", "rolling_origin")),
          search("grid", "none", Map.of("type", "kfold")),
          search("genetic", "hyperband", Map.of("type", "holdout")),
          search("hyperband", "none", Map.of("type", "holdout")));

  /** Defaults that depend on other settings; the code only knows those of the example. */
  private static final Map<String, String> DERIVED_DEFAULTS =
      Map.ofEntries(
          Map.entry("records.dead_letters", "`<topic>.dead-letters`"),
          Map.entry("file.missing", "`?`, `-`, `NA`, `N/A`, `null`, `None`, `NaN`, `#N/A`"),
          Map.entry("join.state_dir", "`millrace` in the system's folder for temporary files"),
          Map.entry("checkpoints.topic", "`<model>.checkpoints`"),
          Map.entry("events.topic", "`<model>.events`"),
          Map.entry("commands.topic", "`<model>.commands`"),
          Map.entry("outputs.<name>.field", "the output's name"),
          Map.entry("outputs.<name>.loss.type", "by the kind of label"),
          Map.entry("outputs.<name>.metrics", "by the kind of label"),
          Map.entry("network.layers[].name", "the type, numbered"),
          Map.entry("network.layers[].inputs", "the layer before"),
          Map.entry("serving.event_loops", "one a processor"),
          Map.entry("callbacks.reduce_lr_on_plateau.min_lr", "5 % of the first rate"),
          Map.entry("commands.grpc", "`true` on loopback or where `management` knows operators"),
          Map.entry(
              "serving.management.port", "that of `management` with `tls.client_ca`, else none"),
          Map.entry("serving.models", "`[<model>]`"));

  @Test
  void page_settings_areThoseOfTheCode() throws IOException {
    // Given
    String page = Repository.text(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);

    // When
    String tables = tables();

    // Then
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(
          Repository.file(PAGE), page.substring(0, begin) + tables + page.substring(end));
    } else {
      assertThat(page.substring(begin, end).lines())
          .as("settings have changed: run this test with -D%s=true", UPDATE)
          .containsExactlyElementsOf(tables.lines().toList());
    }
  }

  /** Returns a heading and a table for each section. */
  private static String tables() {
    StringBuilder tables = new StringBuilder();
    String section = "";
    for (Map.Entry<String, String> row : rows().entrySet()) {
      String next = section(row.getKey());
      if (!next.equals(section)) {
        tables.append("\n## `%s`\n\n".formatted(next));
        tables.append("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
      }
      section = next;
      tables.append(row.getValue()).append('\n');
    }
    return tables.append('\n').toString();
  }

  /** Returns the rows by their keys, section by section. */
  private static Map<String, String> rows() {
    List<Described> described = new ArrayList<>();
    SettingsFile.load(EXAMPLE, Map.of()).read(root -> describe(root, described));
    SettingsFile.load(FEATURES, Map.of())
        .read(
            root -> {
              List<Described> all = new ArrayList<>();
              Configuration configuration = describe(root, all);
              all.stream()
                  .filter(option -> option.path().contains("features["))
                  .forEach(described::add);
              return configuration;
            });
    Map<String, String> rows = new LinkedHashMap<>();
    described.stream()
        .sorted(Comparator.comparing(option -> SECTIONS.indexOf(section(option.path()))))
        .forEach(option -> rows.putIfAbsent(path(option.path()), row(option)));
    return rows;
  }

  private static String section(String path) {
    return path.replaceFirst("\\..*", "");
  }

  private static String row(Described option) {
    String path = path(option.path());
    return "| `%s` | %s | %s | %s |"
        .formatted(
            path,
            cell(option.type()),
            DERIVED_DEFAULTS.getOrDefault(path, written(option.defaultValue())),
            sentence(option.meaning()));
  }

  private static String written(String defaultValue) {
    return Set.of("required", "none").contains(defaultValue)
        ? defaultValue
        : "`" + defaultValue + "`";
  }

  private static Configuration describe(Section root, List<Described> described) {
    Configuration configuration = Configuration.read(root);
    described.addAll(root.described());
    describeFormats(described);
    describeSearches(described);
    Section others = Section.root(NOT_IN_EXAMPLES);
    EnsembleSettings.read(others.section("serving"), List.of());
    JoinerSettings.read(others);
    TensorBoardSettings.read(others);
    described.addAll(others.described());
    described.addAll(learning(configuration.definition()));
    described.addAll(rivals(root));
    return configuration;
  }

  private static void describeFormats(List<Described> described) {
    for (Map<String, Object> format : FORMATS) {
      Section root = Section.root(Map.of("records", format));
      RecordSettings.read(root.section("records"));
      described.addAll(root.described());
    }
  }

  private static void describeSearches(List<Described> described) {
    for (Map<String, Object> search : SEARCHES) {
      Section root = Section.root(Map.of("search", search));
      SearchSettings.read(root.section("search"));
      described.addAll(root.described());
    }
  }

  private static Map<String, Object> search(
      String method, String pruning, Map<String, Object> validation) {
    return Map.of(
        "method",
        method,
        "pruning",
        pruning,
        "validation",
        validation,
        "space",
        Map.of(
            "units",
            Map.of("int", List.of(1, 100)),
            "rate",
            Map.of("log_float", List.of(1e-4, 1e-1)),
            "share",
            Map.of("float", List.of(0, 1)),
            "type",
            Map.of("choice", List.of("adam", "sgd"))));
  }

  /** Returns the options of replay, augmentation and drift. */
  private static List<Described> learning(ModelDefinition definition) {
    Section root = Section.root(NOT_IN_EXAMPLES);
    LearnerSettings.read(root, definition);
    return root.described().stream()
        .filter(option -> option.path().matches("(training\\.(replay|augmentation)|drift)\\..*"))
        .toList();
  }

  /** Returns the options of several learners on the example's stream. */
  private static List<Described> rivals(Section example) {
    Map<String, Object> document = new LinkedHashMap<>(example.tree());
    document.put("rivals", Map.of("learners", "auto", "tournament", Map.of()));
    Section root = Section.root(document);
    LearnerSettings.read(root, ModelDefinition.read(root));
    return root.described().stream().filter(option -> option.path().startsWith("rivals.")).toList();
  }

  /** Replaces names that users choose by placeholders. */
  private static String path(String path) {
    return path.replaceAll("\\[\\d+]", "[]")
        .replaceFirst("^inputs\\.\\w+", "inputs.<name>")
        .replaceFirst("^outputs\\.letter", "outputs.<name>")
        .replaceFirst("^records\\.schemas\\.17", "records.schemas.<number>")
        .replaceFirst("^search\\.space\\.\\w+", "search.space.<setting>")
        .replaceFirst("^serving\\.ensembles\\.mean", "serving.ensembles.<name>");
  }

  private static String sentence(String meaning) {
    String text = cell(meaning);
    String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    return begun.endsWith(".") ? begun.substring(0, begun.length() - 1) : begun;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
