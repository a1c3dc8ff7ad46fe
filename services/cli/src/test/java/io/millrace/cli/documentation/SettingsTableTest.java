package io.millrace.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Configuration;
import io.millrace.cli.deployment.Repository;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Described;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The README's table of settings is what the code says of them. Run with {@code
 * -Dmillrace.documentation.update=true} to write it anew.
 */
class SettingsTableTest {
  private static final String BEGIN =
      "<!-- settings: generated from the code, checked by SettingsTableTest -->\n";
  private static final String END = "<!-- settings end -->";
  private static final Path EXAMPLE =
      Repository.file("services/cli/src/main/resources/examples/csv-classification.yaml");

  @Test
  void readme_settings_areThoseOfTheCode() throws IOException {
    // Given
    String readme = Repository.text("README.md");
    String before = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
    String after = readme.substring(readme.indexOf(END));

    // When
    String generated = before + table() + after;

    // Then
    if (Boolean.getBoolean("millrace.documentation.update")) {
      Files.writeString(Repository.file("README.md"), generated);
    } else {
      assertThat(readme).isEqualTo(generated);
    }
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
    rows().forEach(row -> table.append(row).append('\n'));
    return table.toString();
  }

  private static Set<String> rows() {
    List<Described> described = new ArrayList<>();
    SettingsFile.load(EXAMPLE, Map.of()).read(root -> describe(root, described));
    Set<String> rows = new LinkedHashSet<>();
    for (Described option : described) {
      rows.add(
          "| `%s` | %s | %s | %s |"
              .formatted(
                  path(option.path()),
                  cell(option.type()),
                  option.defaultValue().equals("required")
                      ? "required"
                      : "`" + option.defaultValue() + "`",
                  sentence(option.meaning())));
    }
    return rows;
  }

  private static Configuration describe(Section root, List<Described> described) {
    Configuration configuration = Configuration.read(root);
    described.addAll(root.described());
    return configuration;
  }

  /** What users name themselves is shown as such. */
  private static String path(String path) {
    return path.replaceAll("\\[\\d+]", "[]")
        .replaceFirst("^inputs\\.features", "inputs.<name>")
        .replaceFirst("^outputs\\.letter", "outputs.<name>");
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
