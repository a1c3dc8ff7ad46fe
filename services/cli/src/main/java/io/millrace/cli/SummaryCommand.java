package io.millrace.cli;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.ConfigOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code summary}. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    description =
        "Shows the network's layers with output shapes and parameter counts, the loss and the"
            + " optimizer.")
final class SummaryCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() {
    Configuration configuration = config.load();
    SummaryText.table(configuration.definition().network()).forEach(System.out::println);
    System.out.println();
    SummaryText.training(configuration.definition(), configuration.trainer().learner())
        .forEach(System.out::println);
    return 0;
  }
}
