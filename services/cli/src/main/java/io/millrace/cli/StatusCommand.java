package io.millrace.cli;

import io.millrace.cli.invocation.Logs;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.predict.Access;
import io.millrace.cli.status.StatusReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a model on one screen: trainer, newest evaluation, versions, predictor, dead letters,"
          + " last events.",
      "Topics and ports are asked at once. What does not answer is said in its line.",
      "Exits with 1 if no broker answers, or if a trainer answers that it is not ready."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "The longest wait for all answers together; default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "PEM certificates of the authority of ports with TLS.")
  private @Nullable Path authorities;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the bearer token to send to the ports.")
  private @Nullable Path tokenFile;

  @Override
  public Integer call() throws InterruptedException {
    Arguments.atLeast("--timeout", timeoutSeconds, 1);
    Logs.silent();
    return StatusReport.run(
        config.load(),
        new Access(authorities, tokenFile).checked(),
        json,
        Duration.ofSeconds(timeoutSeconds));
  }
}
