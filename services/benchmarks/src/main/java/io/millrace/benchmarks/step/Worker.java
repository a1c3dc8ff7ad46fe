package io.millrace.benchmarks.step;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A process that runs training steps on request. It first answers {@code ready} with properties,
 * then for every requested number of steps the nanoseconds they took.
 */
final class Worker implements AutoCloseable {
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final Map<String, String> properties;

  private Worker(Process process) throws IOException {
    this.process = process;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String[] words = answer().split(" ");
    this.properties =
        Arrays.stream(words)
            .map(word -> word.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** Starts a process whose native libraries use {@code threads} threads. */
  static Worker start(List<String> command, int threads) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    for (String variable : List.of("OMP", "OPENBLAS", "MKL")) {
      builder.environment().put(variable + "_NUM_THREADS", String.valueOf(threads));
    }
    return new Worker(builder.start());
  }

  /** Returns a property that the process reported; empty if it did not. */
  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  /** Runs {@code steps} steps and returns the mean time of one in microseconds. */
  double microseconds(int steps) throws IOException {
    requests.write(steps + "\n");
    requests.flush();
    return Long.parseLong(answer()) / 1000.0 / steps;
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("A worker ended: " + process.info().commandLine().orElse("unknown"));
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
