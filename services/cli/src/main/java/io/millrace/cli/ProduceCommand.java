package io.millrace.cli;

import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.options.RateOption;
import io.millrace.cli.produce.Producing;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code produce}. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the rows of a file to the records topic, which it creates where there is none.",
      "Every row is sent; one that cannot be used is for the trainer to reject."
    })
final class ProduceCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final RateOption rate = new RateOption();

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "CSV with any separator, JSON lines or a JSON array; packed by gzip or not.")
  private @Nullable Path file;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description = "How often the file is sent, at most with --until-converged; default: once.")
  private @Nullable Integer passes;

  @Option(
      names = "--until-converged",
      description =
          "Send the file again and again until the trainer, which must run, has stopped early.")
  private boolean untilConverged;

  @Override
  public Integer call() {
    int perSecond = rate.perSecond();
    Arguments.atLeast("--passes", passes, 1);
    Path rows = Objects.requireNonNull(file);
    return untilConverged
        ? Producing.untilConverged(
            config.load(), rows, perSecond, passes == null ? Integer.MAX_VALUE : passes)
        : Producing.file(config.load(), rows, perSecond, passes == null ? 1 : passes);
  }
}
