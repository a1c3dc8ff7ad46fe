package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON files as rows. */
class JsonTableTest {
  private static final String TWO =
      """
      {"a": 1, "user": {"age": 5, "tags": ["x", "y"]}, "v": [1, 2.5], "label": true}
      {"b": "0,5", "a": null, "v": [[3], [4]], "label": false, "user": {"age": 7}}
      """;

  @TempDir private Path folder;

  @Test
  void rows_ofLines_haveTheKeysOfAllAsColumns() throws IOException {
    // Given
    Path file = file(TWO);

    // When, Then
    assertThat(columns(file)).containsExactly("a", "user.age", "user.tags", "v", "label", "b");
    assertThat(rows(file))
        .extracting(TableRow::cells)
        .containsExactly(
            List.of("1", "5", "x y", "1;2.5", "true", ""),
            List.of("", "7", "", "3;4", "false", "0.5"));
    assertThat(FileSettings.detect(file).remarks()).contains("JSON lines");
  }

  @Test
  void rows_ofTheSameObjectsInOtherPlaces_areEqual() throws IOException {
    // Given
    List<List<String>> expected = rows(file(TWO)).stream().map(TableRow::cells).toList();
    String list = "[" + String.join(",\n", TWO.strip().split("\n")) + "]";

    for (String text :
        List.of(
            list,
            "\n  " + list.replace(",\n", " ,\n\n"),
            "{\"meta\": {\"count\": 2, \"of\": [1]}, \"data\": {\"rows\": " + list + "}}",
            "{\"schema\": {\"fields\": [{\"name\": \"a\"}]}, \"data\": " + list + "}",
            TWO.replace("{\"", "{\n\"").replace("}\n", "\n}\n\n"),
            TWO.replace("\n", "\r\n\r\n"))) {
      // When, Then
      assertThat(rows(file(text)))
          .as(text)
          .extracting(TableRow::cells)
          .containsExactlyElementsOf(expected);
    }
    assertThat(FileSettings.detect(file("{\"data\": " + list + "}")).remarks())
        .contains("JSON, the objects of its key data");
  }

  @Test
  void rows_brokenLine_spoilsNoOther() throws IOException {
    // When
    List<TableRow> rows = rows(file("{\"a\": 1}\n{\"a\": 2\n[3]\n{\"a\": 4} {\n{\"a\": 5}\n"));

    // Then
    assertThat(rows)
        .extracting(TableRow::isUsable)
        .containsExactly(true, false, false, false, true);
    assertThat(rows).extracting(TableRow::line).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(rows.get(1).problems().get(0)).startsWith("is no JSON object: Unexpected end");
    assertThat(rows.get(2).problems()).containsExactly("is no JSON object");
  }

  @Test
  void rows_listsOfObjects_areLeftOutAndSaid() throws IOException {
    Path file = file("{\"a\": 1, \"items\": [{\"x\": 1}]}\n{\"a\": 2, \"items\": [{\"x\": 2}]}\n");

    assertThat(columns(file)).containsExactly("a");
    assertThat(FileSettings.detect(file).remarks())
        .contains("left out, because they hold lists of objects: items");
  }

  @Test
  void rows_listThatIsCutOff_endWithTheLine() throws IOException {
    Path file = file("[{\"a\": 1},\n{\"a\": 2},\n{\"a\"");

    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(file + " is no JSON from line 3 on: it ends in the middle");
  }

  @Test
  void open_jsonWithoutRows_saysWhatToWrite() throws IOException {
    Path lists = file("[[1, 2], [3, 4]]");
    assertThatThrownBy(() -> FileSettings.detect(lists))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("is a JSON array of lists");

    Path columns = file("{\"a\": {\"0\": 1, \"1\": 2}, \"b\": {\"0\": 3, \"1\": 4}}");
    assertThatThrownBy(() -> FileSettings.detect(columns))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("orient='records'");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.json"), text);
  }

  private static List<String> columns(Path file) {
    try (Table table = Table.open(file, FileSettings.detect(file))) {
      return table.columns();
    }
  }

  private static List<TableRow> rows(Path file) {
    List<TableRow> rows = new ArrayList<>();
    try (Table table = Table.open(file, FileSettings.detect(file))) {
      while (table.hasNext()) {
        rows.add(table.next());
      }
    }
    return rows;
  }
}
