package io.millrace.cli;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointFile;
import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Snapshot;
import io.millrace.cli.checkpoints.PublishedVersions;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.ConfigOption;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.resuming.ImportedVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes the model of a file as the first version of the model, of Millrace or of Keras.",
      "Predictors serve it, and a trainer goes on from it at the oldest record."
    })
final class ImportCommand implements Callable<Integer> {
  private static final String CLIENT = "millrace-import";

  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(
      paramLabel = "FILE",
      description = "A file of `export --format millrace`, or weights of Keras: .keras, .h5.")
  private @Nullable Path file;

  @Option(
      names = "--replace",
      description = "Delete the versions that the model has, also those of a running trainer.")
  private boolean replaces;

  @Override
  public Integer call() throws IOException {
    Path source = Objects.requireNonNull(file);
    if (!Files.isRegularFile(source)) {
      throw new CommandFailedException(source + " is no file");
    }
    Configuration configuration = config.load();
    TrainerSettings settings = configuration.trainer();
    ImportedVersion first =
        new ImportedVersion(
            settings.definition(),
            settings.learner(),
            settings.records().topic(),
            settings.sha256());
    Learned learned = read(source, first);
    long version = published(learned.snapshot(), configuration);
    System.out.println(
        "version %d of %s is published: %d parameters of %s"
            .formatted(
                version, configuration.model(), settings.definition().parameterCount(), source));
    System.out.println("  " + learned.origin());
    System.out.println(
        "  a trainer goes on from it at the oldest record of %s, with a new optimizer"
            .formatted(settings.records().topic()));
    return 0;
  }

  /**
   * What a file has.
   *
   * @param origin a sentence about where it comes from, and what is not taken of it
   */
  private record Learned(Snapshot snapshot, String origin) {}

  private static Learned read(Path source, ImportedVersion first) throws IOException {
    if (CheckpointFile.isOne(source)) {
      Checkpoint checkpoint = CheckpointFile.read(source);
      return new Learned(
          first.of(checkpoint),
          "it was version %d of %s, made %s by millrace %s"
              .formatted(
                  checkpoint.version(),
                  checkpoint.model(),
                  checkpoint.summary().createdAt(),
                  checkpoint.summary().provenance().millraceVersion()));
    }
    if (!source.toString().endsWith(".keras") && !source.toString().endsWith(".h5")) {
      throw new CommandFailedException(
          source
              + " is no model that can be taken; allowed: a file of `millrace export --format"
              + " millrace`, or of Keras, whose name ends with .keras, .weights.h5 or .h5");
    }
    return new Learned(
        first.ofKeras(source),
        "only weights are taken, and what layers Normalization were given; layers, losses, metrics"
            + " and the optimizer are those of the settings");
  }

  private long published(Snapshot snapshot, Configuration configuration) {
    List<Long> versions = PublishedVersions.retained(configuration);
    if (!versions.isEmpty() && !replaces) {
      throw new CommandFailedException(
          "%s has versions already: %s; --replace deletes them"
              .formatted(
                  configuration.model(),
                  versions.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
    ClientProperties clients = new ClientProperties(configuration.kafka());
    Map<String, Object> producer = clients.producer(CLIENT);
    Map<String, Object> consumer = clients.consumer(CLIENT);
    CheckpointSettings checkpoints = configuration.trainer().checkpoints();
    if (!versions.isEmpty()) {
      CheckpointWriter.reset(producer, consumer, checkpoints, configuration.model());
    }
    try (CheckpointWriter writer =
        CheckpointWriter.open(producer, consumer, checkpoints, configuration.model())) {
      return writer.write(snapshot, List.of());
    }
  }
}
