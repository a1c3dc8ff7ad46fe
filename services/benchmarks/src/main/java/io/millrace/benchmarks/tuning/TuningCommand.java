package io.millrace.benchmarks.tuning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the textbook's search for settings with Optuna and PyTorch, and with scikit-learn. */
@Command(
    name = "tuning",
    description = {
      "Searches the settings of a regression of Friedman's function: 0 to 3 hidden layers of 1 to"
          + " 100 units, learning rate 3e-4 to 3e-2, 20 trials, 3 folds, early stopping.",
      "Each side is a process of its own, with its start; they take turns.",
      "The environment's PYTHON names the interpreter with optuna, torch and scikit-learn"
          + " (default: python3)."
    },
    mixinStandardHelpOptions = true)
public final class TuningCommand implements Callable<Integer> {
  private static final String MILLRACE = "millrace";
  private static final String OPTUNA = "optuna+pytorch";
  private static final String SKLEARN = "scikit-learn";

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "5000",
      description = "records of the file (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "rounds, each with a seed of its own (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "tpe",
      description = "Millrace's method of search (default: ${DEFAULT-VALUE})")
  private String method = "";

  private final Map<String, List<SearchRun>> runs = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-tuning");
    try {
      Path file = folder.resolve("friedman.csv");
      Files.write(file, FriedmanCsv.lines(records));
      for (int seed = 1; seed <= rounds; seed++) {
        measure(folder, file, seed);
      }
      report();
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void measure(Path folder, Path file, int seed) throws IOException, InterruptedException {
    Path model = folder.resolve("model.yaml");
    String settings = resource("model.yaml").replace("SEED", "" + seed).replace("METHOD", method);
    Files.writeString(model, settings);
    String launcher = Path.of(System.getProperty("millrace.home"), "millrace").toString();
    add(
        MILLRACE,
        SearchRun.millrace(
            List.of(launcher, "tune", "--config", model.toString(), "--file", file.toString())));
    add(OPTUNA, SearchRun.python(resource("optuna_search.py"), file, seed));
    add(SKLEARN, SearchRun.python(resource("sklearn_search.py"), file, seed));
  }

  private void add(String side, SearchRun run) {
    runs.computeIfAbsent(side, name -> new ArrayList<>()).add(run);
    System.out.printf(
        Locale.ROOT,
        "%s mse=%.4f seconds=%.2f without_start=%.2f%n",
        side,
        run.best(),
        run.seconds(),
        run.searching());
  }

  private void report() {
    for (String side : List.of(OPTUNA, SKLEARN)) {
      System.out.printf(
          Locale.ROOT,
          "millrace/%s mse=%.3f time=1/%.1f without_start=1/%.1f%n",
          side,
          mean(MILLRACE, SearchRun::best) / mean(side, SearchRun::best),
          mean(side, SearchRun::seconds) / mean(MILLRACE, SearchRun::seconds),
          mean(side, SearchRun::searching) / mean(MILLRACE, SearchRun::searching));
    }
  }

  private double mean(String side, ToDoubleFunction<SearchRun> figure) {
    return Objects.requireNonNull(runs.get(side)).stream()
        .mapToDouble(figure)
        .average()
        .orElseThrow();
  }

  static String resource(String name) throws IOException {
    try (InputStream stream = TuningCommand.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String name : List.of("friedman.csv", "model.yaml")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }
}
