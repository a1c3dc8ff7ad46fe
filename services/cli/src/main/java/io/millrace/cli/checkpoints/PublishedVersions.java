package io.millrace.cli.checkpoints;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The retained versions of a model on its topics. Owned by one thread. */
public final class PublishedVersions implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CheckpointReader reader;
  private final Manifest manifest;

  /**
   * Reads which versions are retained.
   *
   * @throws CommandFailedException if no version has been published yet
   */
  public PublishedVersions(Configuration configuration) {
    if (!hasTopic(configuration)) {
      throw new CommandFailedException(
          "no checkpoint of %s has been published yet: there is no topic %s on %s"
              .formatted(
                  configuration.model(),
                  manifestTopic(configuration),
                  configuration.kafka().bootstrapServers()));
    }
    reader = reader(configuration);
    try {
      manifest = manifest(configuration.model());
    } catch (RuntimeException failure) {
      reader.close();
      throw failure;
    }
  }

  /** Returns the versions of a model that are retained; none if none was ever published. */
  public static List<Long> retained(Configuration configuration) {
    if (!hasTopic(configuration)) {
      return List.of();
    }
    try (CheckpointReader reader = reader(configuration)) {
      return reader.manifest().map(PublishedVersions::numbers).orElse(List.of());
    }
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * Finds a version.
   *
   * @param version null: the served one
   * @throws CommandFailedException if it is not retained; the message lists those that are
   */
  public StoredCheckpoint version(@Nullable Long version) {
    long wanted = version == null ? manifest.championVersion() : version;
    if (wanted == 0) {
      throw new CommandFailedException(
          "nothing is served yet; name a version that is kept: " + versions());
    }
    return manifest.version(wanted).orElseThrow(() -> notRetained(wanted));
  }

  /**
   * Reads a version's definition and weights.
   *
   * @param version null: the served one
   * @throws CommandFailedException as {@link #version} does
   */
  public Checkpoint read(@Nullable Long version) {
    StoredCheckpoint stored = version(version);
    return reader.readWeights(stored).orElseThrow(() -> notRetained(stored.version()));
  }

  @Override
  public void close() {
    reader.close();
  }

  private static boolean hasTopic(Configuration configuration) {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      return topics.exists("checkpoints.topic", manifestTopic(configuration));
    }
  }

  private static String manifestTopic(Configuration configuration) {
    return configuration.trainer().checkpoints().topics().manifest();
  }

  private static CheckpointReader reader(Configuration configuration) {
    return new CheckpointReader(
        new ClientProperties(configuration.kafka()).consumer("millrace-checkpoints"),
        configuration.trainer().checkpoints().topics(),
        configuration.model(),
        PATIENCE,
        PublishedVersions::tell);
  }

  private Manifest manifest(String model) {
    return reader
        .manifest()
        .filter(newest -> !newest.checkpoints().isEmpty())
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "no checkpoint of %s has been published yet".formatted(model)));
  }

  private CommandFailedException notRetained(long version) {
    return new CommandFailedException(
        "version %d is not retained; retained: %s".formatted(version, versions()));
  }

  private String versions() {
    return numbers(manifest).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static List<Long> numbers(Manifest manifest) {
    return manifest.checkpoints().stream().map(StoredCheckpoint::version).toList();
  }

  private static void tell(String topic, long offset, CheckpointException reason) {
    System.err.println(
        "millrace: passed over %s at offset %d: %s".formatted(topic, offset, reason.getMessage()));
  }
}
