package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command as a process of its own, whose output goes to a file. */
final class MillraceProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path output;

  private MillraceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command; {@code output} takes what it prints, errors included. */
  static MillraceProcess start(Path output, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new MillraceProcess(process, output);
  }

  /** Waits until so many lines of the output have a text, and returns all lines. */
  List<String> until(long times, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      List<String> lines = lines();
      if (lines.stream().filter(line -> line.contains(text)).count() >= times) {
        return lines;
      }
      assertThat(System.nanoTime()).as("%s", lines).isLessThan(end);
      assertThat(process.isAlive()).as("%s", lines).isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Ends the process as an operator does, and returns all lines. */
  List<String> end() throws IOException, InterruptedException {
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return lines();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private List<String> lines() throws IOException {
    return Files.readString(output, UTF_8).lines().toList();
  }
}
