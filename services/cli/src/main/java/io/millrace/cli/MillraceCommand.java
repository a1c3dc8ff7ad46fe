package io.millrace.cli;

import io.millrace.cli.demo.Demo;
import io.millrace.cli.demo.DemoOptions;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Access;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The command line: its commands, their options, and what they mean. */
@Command(
    name = "millrace",
    description = "Turns a Kafka topic of labelled records into a live, validated model.",
    mixinStandardHelpOptions = true,
    versionProvider = MillraceCommand.VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "",
    subcommands = {
      InitCommand.class,
      CheckCommand.class,
      SteeringCommands.Watch.class,
      SteeringCommands.RetrainCommand.class,
      SteeringCommands.PauseCommand.class,
      SteeringCommands.ResumeCommand.class,
      SteeringCommands.PromoteCommand.class,
      SteeringCommands.RollbackCommand.class,
      GenerateCommand.class,
      CheckpointsCommand.class,
      DeadLettersCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or settings.",
      "See a command's options with `millrace COMMAND --help`."
    })
final class MillraceCommand {
  private static final String CONFIG = "The model's settings file.";

  @Command(
      name = "demo",
      mixinStandardHelpOptions = true,
      description = {
        "Runs the whole main job: an embedded Kafka broker, the trainer, the predictor, and 20,000"
            + " real records replayed through them. Leaves nothing behind.",
        "Exits with 0 where the served model is right on at least 90 %% of the held-out records."
      })
  int demo(
      @Option(names = "--rate", paramLabel = "N", description = "Records a second; default: all.")
          @Nullable Integer rate,
      @Option(
              names = "--passes",
              paramLabel = "N",
              defaultValue = "5",
              description = "How often the records are replayed; default: ${DEFAULT-VALUE}.")
          int passes,
      @Option(
              names = "--drift-at",
              paramLabel = "N",
              description = "From record N on, half the letters have other labels.")
          @Nullable Long driftAt,
      @Option(names = "--keep", description = "Leave the service running and print its ports.")
          boolean keep)
      throws IOException, InterruptedException {
    Arguments.atLeast("--rate", rate, 1);
    Arguments.atLeast("--passes", passes, 1);
    Arguments.atLeast("--drift-at", driftAt, 0);
    return Demo.run(
        new DemoOptions(rate == null ? 0 : rate, passes, driftAt == null ? -1 : driftAt, keep));
  }

  @Command(
      name = "produce",
      mixinStandardHelpOptions = true,
      description = {
        "Sends the rows of a CSV file to the records topic, which it creates where there is none.",
        "Every row is sent; one that cannot be used is for the trainer to reject."
      })
  int produce(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config,
      @Option(
              names = "--file",
              required = true,
              paramLabel = "FILE",
              description = "A CSV file with a header; .gz is unpacked.")
          Path file,
      @Option(names = "--rate", paramLabel = "N", description = "Records a second; default: all.")
          @Nullable Integer rate,
      @Option(
              names = "--passes",
              paramLabel = "N",
              defaultValue = "1",
              description = "How often the file is sent; default: ${DEFAULT-VALUE}.")
          int passes) {
    Arguments.atLeast("--rate", rate, 1);
    Arguments.atLeast("--passes", passes, 1);
    return Producing.run(config, file, rate == null ? 0 : rate, passes);
  }

  @Command(
      name = "summary",
      mixinStandardHelpOptions = true,
      description =
          "Shows the layers of the network, their shapes and how many parameters each has, and what"
              + " training minimizes and how.")
  int summary(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config) {
    Configuration configuration = Configuration.load(config);
    SummaryText.table(configuration.definition().network()).forEach(System.out::println);
    System.out.println();
    SummaryText.training(configuration.definition(), configuration.trainer().learner())
        .forEach(System.out::println);
    return 0;
  }

  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      description = "Trains on the records topic and publishes checkpoints, until it is stopped.")
  int train(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config)
      throws InterruptedException {
    return Services.train(config);
  }

  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Serves predictions of the newest checkpoint over gRPC, until it is stopped.")
  int serve(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config)
      throws InterruptedException {
    return Services.serve(config);
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Trains and serves in one process, until it is stopped. The two are joined only by the"
            + " checkpoint topic, as they are in two processes."
      })
  int run(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config)
      throws InterruptedException {
    return Services.run(config);
  }

  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description = {
        "Joins features and labels that come later on another topic into records on the records"
            + " topic, until it is stopped. The settings' section join names the two topics."
      })
  int join(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config)
      throws InterruptedException {
    return Services.join(config);
  }

  @Command(
      name = "predict",
      mixinStandardHelpOptions = true,
      description = {
        "Asks the predictor of the settings' serving.host and serving.port, over gRPC.",
        "Where the file has the labels too, the accuracy comes last."
      })
  int predict(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config,
      @Option(names = "--json", paramLabel = "OBJECT", description = "One record as JSON.")
          @Nullable String json,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "A CSV file with a header; .gz is unpacked.")
          @Nullable Path file,
      @Option(
              names = "--trust",
              paramLabel = "FILE",
              description = "PEM certificates of the predictor's authority; turns TLS on.")
          @Nullable Path authorities,
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              description = "A file with the bearer token to send.")
          @Nullable Path tokenFile)
      throws IOException {
    Access access = new Access(authorities, tokenFile);
    if (json != null && file == null) {
      return Predicting.json(config, access, json);
    }
    if (file != null && json == null) {
      return Predicting.file(config, access, file);
    }
    throw new UsageException("give either --json or --file");
  }

  /** The version of this build. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"millrace " + io.millrace.runtime.Version.current()};
    }
  }
}
