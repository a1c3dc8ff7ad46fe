package io.millrace.cli.tables;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read ends with one sentence that names the file and the reason. */
class HostileFilesTest {
  @TempDir private Path folder;

  @Test
  void open_filesThatAreNoText_areNamed() throws IOException {
    Map<String, String> kinds =
        Map.of(
            "PAR1\u0015\u0004", "is a Parquet file; millrace reads CSV",
            "PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml", "is an Excel workbook; save",
            "PK\u0003\u0004\u0014\0data.csv", "is a ZIP archive; unpack it",
            "ARROW1\0\0", "is an Arrow file",
            "Obj\u0001\u0004", "is an Avro file",
            "\u0080\u0004\u0095", "is a pickle of Python",
            "\u0089PNG\r\n", "is a PNG picture",
            "1 1:0.5 3:2\n-1 2:1 3:1\n", "is in the sparse notation of LIBSVM",
            "<!DOCTYPE HTML><html>", "is an HTML page",
            "a,b\n1,2\n3\0,4\n", "is no text: its byte 10 is 0");
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      Path file = file(kind.getKey().getBytes(ISO_8859_1));

      assertThatThrownBy(() -> FileSettings.detect(file))
          .as(kind.getValue())
          .isInstanceOf(CommandFailedException.class)
          .hasMessageStartingWith(file + " " + kind.getValue());
    }
  }

  @Test
  void open_noFileEmptyFileOrFolder_saysSo() throws IOException {
    Path empty = file(new byte[0]);
    assertThatThrownBy(() -> FileSettings.detect(empty))
        .hasMessageStartingWith(empty + " is empty");
    Path blank = file("\n\n \n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> rows(blank)).hasMessageContaining("is empty");
    Path none = folder.resolve("nowhere.csv");
    assertThatThrownBy(() -> FileSettings.detect(none)).hasMessage(none + " does not exist");
    assertThatThrownBy(() -> FileSettings.detect(folder))
        .hasMessage(folder + " is a folder; name a file in it");
  }

  @Test
  void rows_packedFileThatIsCutOff_saysSo() throws IOException {
    // Given: the beginning is whole
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Random random = new Random(1);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("a,b\n".getBytes(ISO_8859_1));
      for (int row = 0; row < 50_000; row++) {
        gzip.write((random.nextInt() + "," + row + "\n").getBytes(ISO_8859_1));
      }
    }
    Path file = file(Arrays.copyOf(packed.toByteArray(), packed.size() - 1000));

    // When, Then
    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith(file + " is damaged: its gzip data end too early");
  }

  @Test
  void rows_quoteThatNeverCloses_saysWhereItOpens() throws IOException {
    // Given: in a small file, and in one that is larger than what a cell may be
    Path small = file("a,b\n1,2\n3,\"4\n5,6\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> rows(small))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith(small + ": a quote that opens in line 3 never closes");

    Path ragged = file("a;b;y\n1,5;2;x\n3,5;4\n1;2;3;4\n5,5;\"6;y\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> rows(ragged))
        .hasMessageStartingWith(ragged + ": a quote that opens in line 5 never closes");

    Path large = file(("a,b\n1,\"2\n" + "3,4\n".repeat(5_000_000)).getBytes(ISO_8859_1));
    assertThatThrownBy(() -> rows(large))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith(large + ": a quote that opens in line 2 never closes");
  }

  @Test
  void rows_bytesThatAreNotOfTheEncoding_areAProblemOfTheirRow() throws IOException {
    // Given: UTF-8 for a long time, and then a byte of Latin-1
    String text = "a,b\nö,1\n" + "x,2\n".repeat(50_000);
    byte[] begin = text.getBytes("UTF-8");
    byte[] all = Arrays.copyOf(begin, begin.length + 4);
    System.arraycopy(new byte[] {(byte) 0xf6, ',', '3', '\n'}, 0, all, begin.length, 4);

    // When
    List<TableRow> rows = rows(file(all));

    // Then
    assertThat(rows.get(0).cells()).containsExactly("ö", "1");
    assertThat(rows.get(rows.size() - 1).problems())
        .containsExactly("has characters that its encoding lacks");
  }

  @Test
  void rows_anyBytes_areRowsOrOneSentence() throws IOException {
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[1 + random.nextInt(400)];
      random.nextBytes(bytes);
      String letters = "a1,;\t|\"\n\r{}[]:.-$ \u00f6";
      for (int at = 0; i % 2 == 0 && at < bytes.length; at++) {
        bytes[at] = (byte) letters.charAt(random.nextInt(letters.length()));
      }
      Path file = file(bytes);
      try {
        assertThat(rows(file)).allMatch(row -> row.line() >= 1);
      } catch (CommandFailedException e) {
        refused++;
        assertThat(e).hasMessageStartingWith(file.toString());
      }
    }
    assertThat(refused).isBetween(1, 299);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("data"), bytes);
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
