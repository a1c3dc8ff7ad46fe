package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.tables.FileSettings.Header;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one file shows is kept for those that follow. */
class FileSettingsTest {
  private static final String FIRST =
      "\"the \"\"price\"\"\";weight;when;us\n"
          + "1.000,50;2,5;31/12/2020;12/31/2020\n"
          + "2.000;1,5;01/02/2020;01/02/2020\n";

  @TempDir private Path folder;

  @Test
  void yaml_ofADetectedFile_readsTheFollowingFileAlike() throws IOException {
    // Given: a later file whose only row shows nothing by itself
    List<String> yaml = FileSettings.detect(file(FIRST)).yaml();
    Path later = file("\"the \"\"price\"\"\";weight;when;us\n2.000;1,250;01/02/2020;01/02/2020\n");

    // When
    FileSettings settings = read(String.join("\n", yaml));

    // Then
    assertThat(yaml)
        .anyMatch(line -> line.startsWith("  decimal_comma: [\"the \\\"price\\\"\", \"weight\"]"))
        .anyMatch(line -> line.startsWith("  day_first: [\"when\"]"))
        .anyMatch(line -> line.startsWith("  month_first: [\"us\"]"));
    assertThat(cells(later, settings))
        .containsExactly(List.of("2000", "1.250", "2020-02-01", "2020-01-02"));
  }

  @Test
  void yaml_ofAPlainFile_isEmpty() throws IOException {
    assertThat(FileSettings.detect(file("a,when,y\n1.5,2020-12-31,x\n2,2021-01-01,\n")).yaml())
        .isEmpty();
  }

  @Test
  void open_settingsWithoutSection_readNumbersByTheFileAndLeaveTextsAsWritten() throws IOException {
    // Given
    Path file = file("size;code\n1,5;1,5\n2,5;2,5\n");

    // When
    FileSettings settings = read("").withTexts(List.of("code"));

    // Then
    assertThat(cells(file, settings)).containsExactly(List.of("1.5", "1,5"), List.of("2.5", "2,5"));
  }

  @Test
  void missing_otherSpellings_takeThePlaceOfTheUsualOnes() throws IOException {
    // Given
    FileSettings settings = read("file: {missing: [\"-999\", unknown]}");

    // When, Then
    assertThat(cells(file("a,b\n-999,Unknown\n1,NA\n"), settings))
        .containsExactly(List.of("", ""), List.of("1", "NA"));
    assertThat(settings.yaml()).contains("  missing: [\"-999\", \"unknown\"]");
  }

  @Test
  void header_none_isReadFromTheSettings() throws IOException {
    FileSettings settings = read("file: {header: none}");

    assertThat(settings.header()).isEqualTo(Header.NONE);
    assertThat(cells(file("a,b\nc,d\n"), settings)).hasSize(2);
  }

  @Test
  void read_unknownKeysAndTwiceNamedColumns_areProblems() {
    assertThatThrownBy(() -> read("file: {headers: none}"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("file.headers");
    assertThatThrownBy(() -> read("file: {decimal_comma: [a], day_first: [b, a]}"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("file.day_first: has a a second time");
  }

  private static FileSettings read(String yaml) {
    return SettingsFile.parse(Path.of("model.yaml"), yaml + "\nother: 1\n", Map.of())
        .read(
            root -> {
              root.ignore("other");
              return FileSettings.read(root.section("file"));
            });
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static List<List<String>> cells(Path file, FileSettings settings) {
    List<List<String>> rows = new ArrayList<>();
    try (Table table = Table.open(file, settings)) {
      while (table.hasNext()) {
        rows.add(table.next().cells());
      }
    }
    return rows;
  }
}
