package io.millrace.cli;

import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.cli.checkpoints.CheckpointText;
import io.millrace.cli.checkpoints.PublishedVersions;
import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.ConfigOption;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code checkpoints}: the published checkpoints of a model. */
@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CheckpointsCommand.ListCommand.class,
      CheckpointsCommand.ShowCommand.class,
      CheckpointsCommand.ResetCommand.class
    },
    description = "Shows the published checkpoints, or deletes them.")
final class CheckpointsCommand {
  /** The command {@code checkpoints list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the retained checkpoints, oldest first.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
      try (PublishedVersions published = new PublishedVersions(config.load())) {
        CheckpointText.table(published.manifest()).forEach(System.out::println);
      }
      return 0;
    }
  }

  /** The command {@code checkpoints show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the whole summary of a checkpoint.")
  static final class ShowCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Parameters(
        arity = "0..1",
        paramLabel = "VERSION",
        description = "The version; default: the served one.")
    private @Nullable Long version;

    @Override
    public Integer call() {
      try (PublishedVersions published = new PublishedVersions(config.load())) {
        CheckpointText.details(published.manifest(), published.version(version))
            .forEach(System.out::println);
      }
      return 0;
    }
  }

  /** The command {@code checkpoints reset}. */
  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = {
        "Deletes all checkpoints of the model, also those of a running trainer.",
        "The next trainer to start begins with the oldest record. A predictor keeps its version until"
            + " a new one is published."
      })
  static final class ResetCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(names = "--yes", description = "Confirms that the checkpoints are deleted.")
    private boolean yes;

    @Override
    public Integer call() {
      if (!yes) {
        throw new UsageException("--yes is missing: the checkpoints cannot be brought back");
      }
      Configuration configuration = config.load();
      requireRecords(configuration);
      ClientProperties clients = new ClientProperties(configuration.kafka());
      CheckpointWriter.reset(
          clients.producer("millrace-reset"),
          clients.consumer("millrace-reset"),
          configuration.trainer().checkpoints(),
          configuration.model());
      System.out.println(
          "the checkpoints of %s are deleted; the next training begins with the oldest record"
              .formatted(configuration.model()));
      return 0;
    }

    /** Says what is wrong with the brokers or the topic, and at once. */
    private static void requireRecords(Configuration configuration) {
      try (Topics topics = Topics.connect(configuration.kafka())) {
        topics.partitions("records.topic", configuration.records().topic());
      }
    }
  }
}
