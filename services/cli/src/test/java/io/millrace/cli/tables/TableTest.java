package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir private Path folder;

  @Test
  void next_rowsOfAnyLength_haveACellForEachColumn() throws IOException {
    // Given
    Path file = file("a, b\n1,2\n3\n4,5,6\n\"x,\"\"y\"\"\",7\n");

    // When, Then
    assertThat(rows(file))
        .containsExactly(
            List.of("1", "2"), List.of("3", ""), List.of("4", "5"), List.of("x,\"y\"", "7"));
  }

  @Test
  void header_byteOrderMarkAndSpaces_areTakenOff() throws IOException {
    try (Table table = open(file("\ufeffa , b\n1,2\n"))) {
      assertThat(table.columns()).containsExactly("a", "b");
    }
  }

  @Test
  void open_packedFile_isUnpacked() throws IOException {
    // Given
    Path file = folder.resolve("data.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
    }

    // When, Then
    assertThat(rows(file)).containsExactly(List.of("1"));
  }

  @Test
  void open_emptyFile_saysSo() throws IOException {
    Path file = file("");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("data.csv")
        .hasMessageContaining("empty");
  }

  @Test
  void open_noFile_saysSo() {
    assertThatThrownBy(() -> open(folder.resolve("nowhere.csv")))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("nowhere.csv does not exist");
  }

  @Test
  void next_quoteThatNeverCloses_failsWithTheLine() throws IOException {
    Path file = file("a,b\n1,2\n3,\"4\n5,6\n");

    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("data.csv")
        .hasMessageContaining("line 3");
  }

  private static Table open(Path file) {
    return Table.open(file, FileSettings.detect(file));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (Table table = open(file)) {
      while (table.hasNext()) {
        rows.add(table.next().cells());
      }
    }
    return rows;
  }
}
