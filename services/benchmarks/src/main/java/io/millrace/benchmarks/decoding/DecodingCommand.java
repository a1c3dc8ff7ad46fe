package io.millrace.benchmarks.decoding;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the decoders with JMH. */
@Command(
    name = "decoding",
    description =
        "Measures by JMH how long decoding a record takes, and the heap bytes it allocates.",
    mixinStandardHelpOptions = true)
public final class DecodingCommand implements Callable<Integer> {

  @Option(
      names = "--formats",
      split = ",",
      paramLabel = "FORMAT:FIELDS",
      description = "What to measure, such as json:16,protobuf:64; default: all.")
  private String[] formats = {};

  @Override
  public Integer call() throws RunnerException {
    Collection<RunResult> results = new Runner(options()).run();
    for (RunResult result : results) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s decode_ns=%.0f cpu_ns=%.0f allocated_bytes=%.0f",
              result.getParams().getParam("format").replace(':', ' '),
              result.getPrimaryResult().getScore(),
              secondary(result, "nanos") / secondary(result, "records"),
              secondary(result, "bytes") / secondary(result, "records")));
    }
    if (results.size() < formats.length) {
      System.err.println("some were not measured; allowed: FORMAT:FIELDS such as json:16");
      return 2;
    }
    return 0;
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }

  private Options options() {
    ChainedOptionsBuilder options = new OptionsBuilder();
    if (formats.length > 0) {
      options.param("format", formats);
    }
    return options
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
