package io.millrace.benchmarks.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows with JMH's garbage collector profiler that a training step allocates nothing. */
@Command(
    name = "allocation",
    description = {
      "Measures by JMH the heap bytes that a training step allocates after warm-up, and its time:",
      "those of the training thread to the byte, and those that JMH's profiler of the garbage",
      "collector finds in the whole process, where JMH's own work of some kilobytes an iteration",
      "is spread over the iteration's steps.",
      "Exit code 1 where a step allocates."
    },
    mixinStandardHelpOptions = true)
public final class AllocationCommand implements Callable<Integer> {
  /** Fewer bytes per step are JMH's own allocations around an iteration, divided by its steps. */
  private static final int SMALLEST_OBJECT = 16;

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description = "which of the networks of networks.yaml (default: all)")
  private List<String> networks = new ArrayList<>();

  @Override
  public Integer call() throws RunnerException {
    boolean allocates = false;
    for (RunResult result : new Runner(options().build()).run()) {
      double bytes = secondary(result, "bytes") / secondary(result, "steps");
      allocates |= bytes >= SMALLEST_OBJECT;
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s allocated_bytes_per_step=%.0f gc_alloc_rate_norm=%.3f step_us=%.1f",
              result.getParams().getParam("network").replace(':', ' '),
              bytes,
              secondary(result, "gc.alloc.rate.norm"),
              result.getPrimaryResult().getScore()));
    }
    return allocates ? 1 : 0;
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }

  private OptionsBuilder options() {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(StepBenchmark.class.getName())
        .param("network", measured().toArray(String[]::new))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(3)
        .measurementTime(TimeValue.seconds(1));
    return options;
  }

  private List<String> measured() {
    List<String> names = networks.isEmpty() ? MeasuredNetwork.names() : networks;
    return names.stream()
        .map(MeasuredNetwork::named)
        .flatMap(network -> network.batches().stream().map(rows -> network.name() + ":" + rows))
        .toList();
  }
}
