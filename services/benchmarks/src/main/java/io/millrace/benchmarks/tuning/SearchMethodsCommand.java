package io.millrace.benchmarks.tuning;

import io.millrace.tuning.trials.TrialResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the methods of search by the best loss for the same number of epochs. */
@Command(
    name = "search-methods",
    description = {
      "Searches layers, units, learning rate and batch size of networks for Friedman's function and"
          + " for letters, by each method.",
      "Prints the mean over seeds of the best loss, and the epochs that were trained."
    },
    mixinStandardHelpOptions = true)
public final class SearchMethodsCommand implements Callable<Integer> {
  private static final int EPOCHS = 27;

  /** Two sweeps of Hyperband and the bracket after them: as many epochs as 29.4 whole trials. */
  private static final int SWEEPS = 125;

  private static final List<Budget> BUDGETS =
      List.of(
          new Budget("random", 30, "none"),
          new Budget("tpe", 30, "none"),
          new Budget("genetic", 30, "none"),
          new Budget("hyperband", SWEEPS, "none"),
          new Budget("random", SWEEPS, "hyperband"),
          new Budget("tpe", 60, "asha"));

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "searches of each method (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000",
      description = "records of each data set (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "trials that train at a time (default: ${DEFAULT-VALUE})")
  private int threads;

  @Override
  public Integer call() throws InterruptedException {
    for (SearchData data : List.of(SearchData.friedman(records), SearchData.letters(records))) {
      double goal = measure(data, "random", 60, "none");
      for (Budget budget : BUDGETS) {
        double best = measure(data, budget.method(), budget.trials(), budget.pruning());
        System.out.printf(Locale.ROOT, "  %.3f of random search's in 60%n", best / goal);
      }
    }
    return 0;
  }

  /** Returns the mean of the best losses. */
  private double measure(SearchData data, String method, int trials, String pruning)
      throws InterruptedException {
    double best = 0;
    double epochs = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Map<String, Object> section =
          Map.of(
              "method", method,
              "pruning", pruning,
              "trials", trials,
              "seed", seed,
              "epochs", EPOCHS,
              "patience", EPOCHS,
              "validation", "holdout",
              "space", space());
      List<TrialResult> results = data.search(section, threads);
      best += results.stream().mapToDouble(TrialResult::score).min().orElseThrow();
      epochs += results.stream().mapToInt(TrialResult::epochs).sum();
    }
    System.out.printf(
        Locale.ROOT,
        "%s method=%s pruning=%s trials=%d whole_trials=%.1f best_loss=%.4f%n",
        data.name(),
        method,
        pruning,
        trials,
        epochs / seeds / EPOCHS,
        best / seeds);
    return best / seeds;
  }

  /** In this order always, since random numbers are drawn in the order of the settings. */
  private static Map<String, Object> space() {
    Map<String, Object> space = new LinkedHashMap<>();
    space.put("hidden_layers", Map.of("int", List.of(0, 3)));
    space.put("units", Map.of("int", List.of(1, 100)));
    space.put("training.optimizer.learning_rate", Map.of("log_float", List.of(3e-4, 3e-2)));
    space.put("training.batch_size", Map.of("int", List.of(8, 128), "log", true));
    return space;
  }

  private record Budget(String method, int trials, String pruning) {}
}
