package io.millrace.benchmarks.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows that resident memory stays flat during long training. */
@Command(
    name = "memory",
    description = {
      "Prints the process's resident memory ten times while it trains.",
      "Exit code 1 where it grew by more than 5 %% after the first tenth."
    },
    mixinStandardHelpOptions = true)
public final class MemoryCommand implements Callable<Integer> {
  private static final int REPORTS = 10;
  private static final double ALLOWED_GROWTH = 1.05;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "b",
      description = "which of the networks of networks.yaml (default: ${DEFAULT-VALUE})")
  private String name = "b";

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "training steps (default: ${DEFAULT-VALUE})")
  private int steps;

  @Override
  public Integer call() throws IOException {
    MeasuredNetwork network = MeasuredNetwork.named(name);
    int rows = network.batches().get(0);
    TrainingSteps training = new TrainingSteps(network, rows, 1);
    long first = 0;
    long last = 0;
    for (int report = 1; report <= REPORTS; report++) {
      for (int step = 0; step < steps / REPORTS; step++) {
        training.step();
      }
      last = residentKibibytes();
      first = report == 1 ? last : first;
      System.out.println(
          "%s %d steps=%d resident_mib=%d"
              .formatted(name, rows, (long) report * (steps / REPORTS), last / 1024));
    }
    return last > first * ALLOWED_GROWTH ? 1 : 0;
  }

  private static long residentKibibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String resident = lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(resident.replaceAll("\\D", ""));
    }
  }
}
