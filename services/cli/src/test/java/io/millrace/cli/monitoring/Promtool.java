package io.millrace.cli.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Prometheus' own tool that checks metrics and rules; Debian's package is {@code prometheus}. */
final class Promtool {
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;

  /** Ends the test as not run where the tool is missing, but never in CI. */
  Promtool(Path folder) {
    this.folder = folder;
    boolean present =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
    if (System.getenv("CI") == null) {
      assumeThat(present).as("promtool is installed").isTrue();
    }
  }

  /** Runs it in the folder with this input. Returns what it printed. It has to end well. */
  String run(String input, String... arguments) throws IOException, InterruptedException {
    Path given = Files.writeString(folder.resolve("input"), input);
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(given.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
