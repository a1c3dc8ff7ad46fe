package io.millrace.benchmarks.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One search, a process of its own.
 *
 * @param best the lowest mean squared error of its trials, the mean of the folds
 * @param seconds from the process's start to its end
 * @param searching seconds of the search alone, without the start and the reading of the file
 */
record SearchRun(double best, double seconds, double searching) {

  /** Runs {@code millrace tune}. */
  static SearchRun millrace(List<String> command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.add("--json");
    Output output = run(whole);
    JsonNode result = new ObjectMapper().readTree(output.text());
    return new SearchRun(
        result.path("best").path("score").asDouble(Double.NaN),
        output.seconds(),
        result.path("seconds").asDouble(Double.NaN));
  }

  /** Runs a program of Python that prints its best error, and the seconds of its search. */
  static SearchRun python(String program, Path file, int seed)
      throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Output output = run(List.of(python, "-c", program, file.toString(), String.valueOf(seed)));
    String[] figures = output.text().split(" ");
    return new SearchRun(
        Double.parseDouble(figures[0]), output.seconds(), Double.parseDouble(figures[1]));
  }

  private static Output run(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(command.get(0) + " ended with exit code " + code);
    }
    return new Output(text, (System.nanoTime() - start) / 1e9);
  }

  private record Output(String text, double seconds) {}
}
