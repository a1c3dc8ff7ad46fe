package io.millrace.cli;

import io.millrace.cli.demo.Demo;
import io.millrace.cli.demo.DemoOptions;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.RateOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole main job: an embedded Kafka broker, the trainer, the predictor, and 20,000"
          + " real records replayed through them. Leaves nothing behind.",
      "Exits with 0 where the served model is right on at least 90 %% of the held-out records."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private final RateOption rate = new RateOption();

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often the records are replayed; default: ${DEFAULT-VALUE}.")
  private int passes;

  @Option(
      names = "--drift-at",
      paramLabel = "N",
      description = "From record N on, half the letters have other labels.")
  private @Nullable Long driftAt;

  @Option(names = "--keep", description = "Leave the service running and print its ports.")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    int perSecond = rate.perSecond();
    Arguments.atLeast("--passes", passes, 1);
    Arguments.atLeast("--drift-at", driftAt, 0);
    return Demo.run(new DemoOptions(perSecond, passes, driftAt == null ? -1 : driftAt, keep));
  }
}
