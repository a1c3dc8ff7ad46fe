package io.millrace.cli;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.cli.invocation.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code checkpoints}: what has been published of a model. */
@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the checkpoints that have been published, and gives them up.")
final class CheckpointsCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CONFIG = "The model's settings file.";

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the checkpoints that are kept, oldest first.")
  int list(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config) {
    CheckpointText.table(manifest(Configuration.load(config))).forEach(System.out::println);
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows all that a checkpoint says of itself.")
  int show(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config,
      @Parameters(
              arity = "0..1",
              paramLabel = "VERSION",
              description = "The version; default: the one that is served.")
          @Nullable Long version) {
    Manifest manifest = manifest(Configuration.load(config));
    long wanted = version == null ? manifest.championVersion() : version;
    StoredCheckpoint checkpoint =
        manifest
            .version(wanted)
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "version %d is not kept; kept: %s".formatted(wanted, versions(manifest))));
    CheckpointText.details(manifest, checkpoint).forEach(System.out::println);
    return 0;
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = {
        "Gives up all checkpoints of the model, a running trainer's too.",
        "A trainer that starts then begins with the oldest record; a predictor serves what it has"
            + " until there is something new."
      })
  int reset(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config,
      @Option(names = "--yes", description = "Yes, they are to be given up.") boolean yes) {
    if (!yes) {
      throw new UsageException("--yes is missing: the checkpoints cannot be brought back");
    }
    Configuration configuration = Configuration.load(config);
    try (Topics topics = Topics.connect(configuration.kafka())) { // says what is wrong, and at once
      topics.partitions("records.topic", configuration.records().topic());
    }
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

  private static Manifest manifest(Configuration configuration) {
    CheckpointSettings settings = configuration.trainer().checkpoints();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.partitions("checkpoints.topic", settings.topics().manifest());
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
