package io.millrace.cli;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Logs;
import io.millrace.cli.lrrange.RangeOptions;
import io.millrace.cli.lrrange.RangeRun;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.options.StretchOption;
import io.millrace.tuning.rates.RateRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace lr-range}: suggests a learning rate. */
@Command(
    name = "lr-range",
    mixinStandardHelpOptions = true,
    description = {
      "Suggests a learning rate: trains new weights for a few hundred steps at a rising rate, and"
          + " looks where the loss begins to rise.",
      "The model that runs stays as it is, and so does the settings file without --apply."
    })
final class LrRangeCommand implements Callable<Integer> {
  private static final int LEAST_STEPS = 25;

  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final StretchOption stretch = new StretchOption();

  @Option(
      names = "--from-rate",
      paramLabel = "RATE",
      defaultValue = "1e-5",
      description = "The rate of the first step; default: 1e-5.")
  private double fromRate = 1e-5;

  @Option(
      names = "--to-rate",
      paramLabel = "RATE",
      defaultValue = "10",
      description = "The rate after the last step; default: 10.")
  private double toRate = 10;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many steps there are, at most; default: 500.")
  private int steps = 500;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes the chart to FILE, in the format SVG.")
  private @Nullable Path output;

  @Option(
      names = "--apply",
      description = "Writes the suggestion into the settings file; comments and layout stay.")
  private boolean apply;

  @Option(names = "--json", description = "Prints the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Arguments.atLeast("--steps", steps, LEAST_STEPS);
    if (!(fromRate > 0)) {
      throw new UsageException("--from-rate is %s; allowed: number above 0".formatted(fromRate));
    }
    if (!(toRate > fromRate) || Double.isInfinite(toRate)) {
      throw new UsageException(
          "--to-rate is %s; allowed: number above --from-rate, %s".formatted(toRate, fromRate));
    }
    if (output != null && !output.toString().endsWith(".svg")) {
      throw new UsageException(
          "--output is %s; allowed: a name that ends with .svg".formatted(output));
    }
    Logs.silent();
    RateRange range = new RateRange(fromRate, toRate, steps);
    return RangeRun.run(
        config.file(), new RangeOptions(range, stretch.stretch(), output, apply, json));
  }
}
