package io.millrace.benchmarks.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the time of a training step with PyTorch's. */
@Command(
    name = "training-step",
    description = {
      "Times a training step of each network here and in PyTorch, in turn, in rounds.",
      "The environment's PYTHON names the interpreter whose PyTorch is used (default: python3)."
    },
    mixinStandardHelpOptions = true)
public final class TrainingStepCommand implements Callable<Integer> {
  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description = "which of the networks of networks.yaml (default: all)")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "threads of the matrix product, one run each (default: ${DEFAULT-VALUE})")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "measured rounds of each side (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--round-milliseconds",
      paramLabel = "MS",
      defaultValue = "150",
      description = "length of a round (default: ${DEFAULT-VALUE})")
  private int roundMilliseconds;

  @Option(names = "--compile", description = "lets PyTorch try torch.compile too")
  private boolean compile;

  @Override
  public Integer call() throws IOException {
    Workers workers = new Workers(compile);
    for (int count : threads) {
      for (String name : networks.isEmpty() ? MeasuredNetwork.names() : networks) {
        for (int rows : MeasuredNetwork.named(name).batches()) {
          StepCase step = new StepCase(name, rows, count);
          System.out.println(step + " " + measure(step, workers));
        }
      }
    }
    return 0;
  }

  private String measure(StepCase step, Workers workers) throws IOException {
    Rounds plan = new Rounds(rounds, roundMilliseconds * 1000.0);
    Optional<Worker> available = workers.pytorch(step);
    try (Worker millrace = workers.millrace(step);
        Worker pytorch = available.orElse(millrace)) {
      if (available.isEmpty()) {
        Sample alone = plan.of(List.of(millrace)).get(0);
        return String.format(Locale.ROOT, "millrace_us=%.1f", alone.median());
      }
      requireSameNetwork(step, millrace, pytorch);
      List<Sample> samples = plan.of(List.of(millrace, pytorch));
      return new Comparison(samples.get(0), samples.get(1), pytorch.property("mode")).toString();
    }
  }

  private static void requireSameNetwork(StepCase step, Worker millrace, Worker pytorch) {
    String ours = millrace.property("parameters");
    String theirs = pytorch.property("parameters");
    if (!ours.equals(theirs)) {
      throw new IllegalStateException(
          step + ": " + ours + " parameters here and " + theirs + " in PyTorch");
    }
  }
}
