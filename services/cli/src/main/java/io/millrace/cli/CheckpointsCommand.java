package io.millrace.cli;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    description = "Shows the checkpoints that have been published, and gives them up.")
final class CheckpointsCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The command {@code checkpoints list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the checkpoints that are kept, oldest first.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
      CheckpointText.table(manifest(config.load())).forEach(System.out::println);
      return 0;
    }
  }

  /** The command {@code checkpoints show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows all that a checkpoint says of itself.")
  static final class ShowCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Parameters(
        arity = "0..1",
        paramLabel = "VERSION",
        description = "The version; default: the one that is served.")
    private @Nullable Long version;

    @Override
    public Integer call() {
      Manifest manifest = manifest(config.load());
      long wanted = version == null ? manifest.championVersion() : version;
      if (wanted == 0) {
        throw new CommandFailedException(
            "nothing is served yet; name a version that is kept: " + versions(manifest));
      }
      StoredCheckpoint checkpoint =
          manifest
              .version(wanted)
              .orElseThrow(
                  () ->
                      new CommandFailedException(
                          "version %d is not kept; kept: %s"
                              .formatted(wanted, versions(manifest))));
      CheckpointText.details(manifest, checkpoint).forEach(System.out::println);
      return 0;
    }
  }

  /** The command {@code checkpoints reset}. */
  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = {
        "Gives up all checkpoints of the model, a running trainer's too.",
        "A trainer that starts then begins with the oldest record; a predictor serves what it has"
            + " until there is something new."
      })
  static final class ResetCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(names = "--yes", description = "Yes, they are to be given up.")
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
          "the checkpoints of %s are given up; training begins with the oldest record"
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

  private static Manifest manifest(Configuration configuration) {
    CheckpointSettings settings = configuration.trainer().checkpoints();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      String topic = settings.topics().manifest();
      if (!topics.exists("checkpoints.topic", topic)) {
        throw new CommandFailedException(
            "no checkpoint of %s has been published yet: there is no topic %s on %s"
                .formatted(configuration.model(), topic, configuration.kafka().bootstrapServers()));
      }
    }
    try (CheckpointReader reader =
        new CheckpointReader(
            new ClientProperties(configuration.kafka()).consumer("millrace-checkpoints"),
            settings.topics(),
            configuration.model(),
            PATIENCE,
            CheckpointsCommand::tell)) {
      return reader
          .manifest()
          .filter(manifest -> !manifest.checkpoints().isEmpty())
          .orElseThrow(
              () ->
                  new CommandFailedException(
                      "no checkpoint of %s has been published yet"
                          .formatted(configuration.model())));
    }
  }

  private static void tell(String topic, long offset, CheckpointException reason) {
    System.err.println(
        "millrace: passed over %s at offset %d: %s".formatted(topic, offset, reason.getMessage()));
  }

  private static String versions(Manifest manifest) {
    return manifest.checkpoints().stream()
        .map(stored -> String.valueOf(stored.version()))
        .collect(Collectors.joining(", "));
  }
}
