package io.millrace.cli.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than the memory are read row by row. */
class LargeFilesTest {
  private static final int ROWS = 600_000;
  private static final String HEAP = "-Xmx48m";

  @TempDir private Path folder;

  @Test
  void rows_filesLargerThanTheHeap_areRead() throws Exception {
    // Given: 60 million characters each
    String text = "x".repeat(80);
    Path csv = packed("data.csv.gz", "a,b\n", "1.5,%s\n".formatted(text), "2,y\n");
    Path list =
        packed("list.json.gz", "[", "{\"a\": 1.5, \"b\": \"%s\"},".formatted(text), "{\"a\": 2}]");
    Path lines =
        packed("lines.jsonl.gz", "", "{\"a\": 1.5, \"b\": \"%s\"}\n".formatted(text), "{\"a\": 2}");

    // When
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            Reading.class.getName(),
            csv.toString(),
            list.toString(),
            lines.toString());
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    // Then
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo("%1$d %1$d %1$d".formatted(ROWS + 1));
  }

  private Path packed(String name, String begin, String row, String end) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(begin.getBytes(UTF_8));
      byte[] rows = row.repeat(1000).getBytes(UTF_8);
      for (int i = 0; i < ROWS / 1000; i++) {
        out.write(rows);
      }
      out.write(end.getBytes(UTF_8));
    }
    return file;
  }

  /** Prints how many rows each file has. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] files) {
      StringBuilder counts = new StringBuilder();
      for (String file : files) {
        Path path = Path.of(file);
        try (Table table = Table.open(path, FileSettings.detect(path))) {
          long rows = 0;
          for (; table.hasNext(); rows++) {
            table.next();
          }
          counts.append(rows).append(' ');
        }
      }
      System.out.println(counts);
    }
  }
}
