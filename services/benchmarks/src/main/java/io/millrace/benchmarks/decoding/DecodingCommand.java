package io.millrace.benchmarks.decoding;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;

/** Measures the decoders by JMH. */
@Command(
    name = "decoding",
    description =
        "Measures by JMH how long decoding a record takes, and the heap bytes it allocates.",
    mixinStandardHelpOptions = true)
public final class DecodingCommand implements Callable<Integer> {

  @Override
  public Integer call() throws RunnerException {
    for (RunResult result : new Runner(options()).run()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s decode_ns=%.0f cpu_ns=%.0f allocated_bytes=%.0f",
              result.getParams().getParam("format").replace(':', ' '),
              result.getPrimaryResult().getScore(),
              secondary(result, "nanos") / secondary(result, "records"),
              secondary(result, "bytes") / secondary(result, "records")));
    }
    return 0;
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }

  private static Options options() {
    return new OptionsBuilder()
        .include(DecodingBenchmark.class.getName())
        .verbosity(VerboseMode.SILENT)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1))
        .build();
  }
}
