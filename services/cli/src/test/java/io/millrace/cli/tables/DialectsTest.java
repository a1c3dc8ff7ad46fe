package io.millrace.cli.tables;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same table reads to the same cells, however it is written. */
class DialectsTest {
  private static final List<String> COLUMNS = List.of("größe", "price", "when", "remark", "label");
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;

  /**
   * How a table is written.
   *
   * @param mark bytes before the text
   * @param isContinental whether numbers have commas and dates have points
   */
  private record Dialect(
      String separator,
      Charset charset,
      String mark,
      String lineEnd,
      boolean isPacked,
      boolean isContinental,
      boolean quotesAll) {}

  @Test
  void cells_everySeparatorEncodingAndLineEnd_areEqual() throws IOException {
    List<List<String>> rows = rows();
    int checked = 0;
    for (Dialect dialect : dialects()) {
      // Given
      Path file = Files.write(folder.resolve("data"), written(rows, dialect));

      // When
      List<List<String>> read = new ArrayList<>();
      try (Table table = Table.open(file, FileSettings.detect(file))) {
        assertThat(table.columns()).as("%s", dialect).isEqualTo(COLUMNS);
        while (table.hasNext()) {
          read.add(table.next().cells());
        }
      }

      // Then
      assertThat(read).as("%s", dialect).isEqualTo(rows);
      checked++;
    }
    assertThat(checked).isEqualTo(4 * 7 * 2 * 2 * 2);
  }

  private static List<Dialect> dialects() {
    List<Dialect> dialects = new ArrayList<>();
    for (String separator : List.of(",", ";", "\t", "|")) {
      for (String lineEnd : List.of("\n", "\r\n")) {
        for (boolean isPacked : List.of(false, true)) {
          for (boolean isContinental : List.of(false, true)) {
            boolean quotesAll = isPacked == isContinental;
            dialects.addAll(encoded(separator, lineEnd, isPacked, isContinental, quotesAll));
          }
        }
      }
    }
    return dialects;
  }

  private static List<Dialect> encoded(
      String separator,
      String lineEnd,
      boolean isPacked,
      boolean isContinental,
      boolean quotesAll) {
    List<Dialect> dialects = new ArrayList<>();
    for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE, WINDOWS)) {
      for (String mark : charset.equals(WINDOWS) ? List.of("") : List.of("", "\ufeff")) {
        dialects.add(
            new Dialect(separator, charset, mark, lineEnd, isPacked, isContinental, quotesAll));
      }
    }
    return dialects;
  }

  /** Returns rows in the form that they are read to. */
  private static List<List<String>> rows() {
    Random random = new Random(7);
    return IntStream.range(0, 40)
        .mapToObj(
            row ->
                List.of(
                    random.nextInt(10) == 0 ? "" : (1000 + random.nextInt(9000)) + ".25",
                    (row + 1) + "." + (10 + random.nextInt(90)),
                    "20%02d-%02d-%02d".formatted(row % 25, 1 + row % 12, 1 + row % 28),
                    List.of("naïve; \"café\"", "two\nlines", "a, b | c\td", "plain").get(row % 4),
                    row % 3 == 0 ? "ja" : "nein"))
        .toList();
  }

  private static byte[] written(List<List<String>> rows, Dialect dialect) throws IOException {
    StringBuilder text = new StringBuilder(dialect.mark());
    line(text, COLUMNS, dialect);
    rows.forEach(
        row ->
            line(
                text,
                dialect.isContinental()
                    ? List.of(
                        row.get(0).isEmpty() ? "?" : continental(row.get(0)),
                        continental(row.get(1)) + " €",
                        date(row.get(2)),
                        row.get(3),
                        row.get(4))
                    : row,
                dialect));
    byte[] bytes = text.toString().getBytes(dialect.charset());
    if (!dialect.isPacked()) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  /** Writes 1234.25 as 1.234,25. */
  private static String continental(String number) {
    String commas = number.replace('.', ',');
    return commas.matches("\\d{4},\\d+") ? commas.charAt(0) + "." + commas.substring(1) : commas;
  }

  /** Writes 2020-12-31 as 31.12.2020. */
  private static String date(String iso) {
    String[] parts = iso.split("-");
    return parts[2] + "." + parts[1] + "." + parts[0];
  }

  private static void line(StringBuilder text, List<String> cells, Dialect dialect) {
    text.append(
        cells.stream()
            .map(cell -> quoted(cell, dialect))
            .collect(Collectors.joining(dialect.separator())));
    text.append(dialect.lineEnd());
  }

  private static String quoted(String cell, Dialect dialect) {
    boolean isNeeded =
        cell.contains(dialect.separator()) || cell.contains("\"") || cell.contains("\n");
    return isNeeded || dialect.quotesAll() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
