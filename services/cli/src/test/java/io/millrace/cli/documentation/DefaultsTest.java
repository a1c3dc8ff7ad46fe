package io.millrace.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.deployment.Repository;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Described;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks every default on the settings page against the code: settings without the option equal
 * those with the default written out, and a missing required option is reported.
 */
class DefaultsTest {
  private static final String EXAMPLES = "services/cli/src/main/resources/examples/";

  /** Sections and options that the examples lack. */
  private static final String FURTHER =
      """
      join: {features_topic: features, labels_topic: clicks}
      drift: {detector: {type: adwin}}
      rivals: {learners: [{name: default}, {name: other}], tournament: {}}
      tensorboard: {}
      training: {replay: {}, augmentation: {}, optimizer: {type: adam}}
      serving: {models: [letters, digits], ensembles: {mean: {members: [letters, digits]}}, prediction_log: {topic: log}}
      """;

  private static final String CSV =
      """
      model: m
      kafka: {bootstrap_servers: "localhost:9092"}
      records: {topic: t, format: csv, columns: [a, b]}
      inputs: {x: {fields: [a]}}
      outputs: {b: {label: names, classes: [p, q]}}
      network: {layers: [{type: dense, units: 2, activation: sigmoid}]}
      """;

  private static final String PROTOBUF =
      """
      model: m
      kafka: {bootstrap_servers: "localhost:9092"}
      records: {topic: t, format: protobuf}
      inputs: {x: {size: 2}}
      outputs: {y: {}}
      network: {layers: [{type: dense, units: 1}]}
      """;

  /** Values that settings keep as written; all of them are also kept as parsed values. */
  private static final String[] AS_WRITTEN = {
    ".*sha256",
    ".*definition\\.tree",
    ".*layers.*\\.options",
    ".*(optimizer|lossDefinition)\\.options",
    ".*drift\\.value\\.detector",
    ".*rivals\\.value\\.document\\..*",
    ".*tensorBoard\\.value\\.shown"
  };

  private static final Pattern STEP = Pattern.compile("([^.\\[]+)|\\[(\\d+)]");

  @ParameterizedTest
  @MethodSource("options")
  void read_withoutAnOption_isAsWithItsDefaultWrittenOut(
      Map<String, Object> document, Described option) {
    String path = whole(option);
    Map<String, Object> without = changed(document, path, Map::remove);
    if (option.defaultValue().equals("required")) {
      assertThatThrownBy(() -> configuration(without))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining(option.path() + ": is ");
    } else {
      Object value = value(option);
      Map<String, Object> written = changed(document, path, (map, key) -> map.put(key, value));

      assertThat(outcome(written))
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(AS_WRITTEN)
          .isEqualTo(outcome(without));
    }
  }

  static Stream<Arguments> options() {
    Map<String, Object> csv = parsed(Repository.file(EXAMPLES + "csv-classification.yaml"));
    merge(csv, parsed(FURTHER));
    return Stream.of(
            csv,
            parsed(Repository.file(EXAMPLES + "json-features.yaml")),
            parsed(Repository.file(EXAMPLES + "csv-regression.yaml")),
            parsed(CSV),
            parsed(PROTOBUF))
        .flatMap(
            document ->
                described(document)
                    .filter(option -> !option.defaultValue().equals("none"))
                    .filter(option -> !option.defaultValue().equals("[null]")) // beside inputs
                    .filter(option -> !option.path().endsWith("*"))
                    .filter(option -> isPlaced(document, option.path()))
                    .map(option -> Arguments.of(document, option)));
  }

  /** Returns the path of the value that has the default; for a type, its section. */
  private static String whole(Described option) {
    boolean isSection =
        option.path().endsWith(".type")
            && !option.path().endsWith("].type")
            && !option.defaultValue().equals("required");
    return isSection
        ? option.path().substring(0, option.path().length() - ".type".length())
        : option.path();
  }

  /** Returns a default as YAML parses it; texts are unchanged. */
  private static Object value(Described option) {
    boolean isText = option.type().startsWith("text") && !option.defaultValue().startsWith("{");
    Object value =
        isText ? option.defaultValue() : parsed("value: " + option.defaultValue()).get("value");
    boolean isOneOfList = option.type().startsWith("list") && !(value instanceof List<?>);
    return value == null ? "" : isOneOfList ? List.of(value) : value;
  }

  /**
   * Returns whether the option has a place in the document. It has none if its section has a type
   * and is itself a default.
   */
  private static boolean isPlaced(Map<String, Object> document, String path) {
    Object place = document;
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      boolean isLast = matcher.end() == path.length();
      if (isLast) {
        return true;
      }
      place =
          matcher.group(1) == null
              ? ((List<?>) place).get(Integer.parseInt(matcher.group(2)))
              : ((Map<?, ?>) place).get(matcher.group(1));
      if (!(place instanceof Map<?, ?> || place instanceof List<?>)) {
        return !path.matches(".*(optimizer|_initializer|loss|metrics|layers|detector)\\b.*")
            || (path.endsWith(".type") && !path.endsWith("].type"));
      }
    }
    return true;
  }

  /** Returns the settings, or what is wrong with them. */
  private static Object outcome(Map<String, Object> document) {
    try {
      return configuration(document);
    } catch (InvalidSettingsException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Stream<Described> described(Map<String, Object> document) {
    Section root = Section.root(document);
    Configuration unused = Configuration.read(root);
    root.finish();
    Map<String, Described> byPath = new LinkedHashMap<>(); // the first one counts, as in the table
    root.described().forEach(option -> byPath.putIfAbsent(option.path(), option));
    return byPath.values().stream();
  }

  private static Configuration configuration(Map<String, Object> document) {
    Section root = Section.root(document);
    Configuration configuration = Configuration.read(root);
    root.finish();
    return configuration;
  }

  private static Map<String, Object> parsed(Path file) {
    return SettingsFile.load(file, Map.of()).read(DefaultsTest::tree);
  }

  private static Map<String, Object> parsed(String text) {
    return SettingsFile.parse(Path.of("x.yaml"), text, Map.of()).read(DefaultsTest::tree);
  }

  private static Map<String, Object> tree(Section root) {
    root.ignore(root.tree().keySet().toArray(String[]::new));
    return new LinkedHashMap<>(root.tree());
  }

  private static void merge(Map<String, Object> target, Map<String, Object> further) {
    further.forEach(
        (key, value) -> {
          if (target.get(key) instanceof Map<?, ?> present && value instanceof Map<?, ?> map) {
            Map<String, Object> merged = map(present);
            merge(merged, map(map));
            target.put(key, merged);
          } else {
            target.put(key, value);
          }
        });
  }

  /** Returns a copy with a change at a path; missing sections on the path are created. */
  private static Map<String, Object> changed(
      Map<String, Object> document, String path, Change change) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      steps.add(matcher.group(1) == null ? Integer.valueOf(matcher.group(2)) : matcher.group(1));
    }
    Map<String, Object> copy = map(document);
    change(copy, steps, change);
    return copy;
  }

  private static void change(Map<String, Object> section, List<Object> steps, Change change) {
    String key = (String) steps.get(0);
    if (steps.size() == 1) {
      change.apply(section, key);
    } else if (steps.get(1) instanceof Integer index) {
      List<Object> list = new ArrayList<>((List<?>) section.get(key));
      section.put(key, list);
      if (steps.size() == 2) {
        section.remove(key);
        change.apply(section, key);
        return;
      }
      Map<String, Object> item = item(list.get(index));
      list.set(index, item);
      change(item, steps.subList(2, steps.size()), change);
    } else {
      Map<String, Object> inside = item(section.getOrDefault(key, Map.of()));
      section.put(key, inside);
      change(inside, steps.subList(1, steps.size()), change);
    }
  }

  private static Map<String, Object> item(Object value) {
    return value instanceof Map<?, ?> map ? map(map) : new LinkedHashMap<>(Map.of("type", value));
  }

  private static Map<String, Object> map(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  /** Changes the value of a section's key. */
  private interface Change {
    Object apply(Map<String, Object> section, String key);
  }
}
