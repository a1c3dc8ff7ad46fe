package io.millrace.checkpoints;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Clients;
import io.millrace.checkpoints.kafka.Deadline;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestTopic;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.checkpoints.parts.PartAssembly;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.PartKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the committed checkpoints of a model and reads them.
 *
 * <p>A read first goes to the end of the manifest topic, as of the call. It then starts at the
 * first chunk of the version and takes only that version's chunks. They may be missing for two
 * reasons. They may not be visible yet, since the two topics learn of a commit at different times.
 * Or a writer has reused their slot and compaction removed them; a newer manifest then no longer
 * lists the version. So if chunks are missing, the manifest is read again, and the reader waits for
 * the chunks if the version is still listed.
 *
 * <p>Every read checks the SHA-256. Nothing is cached. Confined to one thread.
 *
 * <p>Methods throw {@link CheckpointUnavailableException} if Kafka does not answer or a topic is
 * missing, {@link CheckpointMissingException} if chunks stay invisible, and {@link
 * CheckpointFormatException} if the content cannot be read.
 */
public final class CheckpointReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String model;
  private final ManifestTopic manifests;
  private final TopicPartition manifestPartition;
  private final TopicPartition chunks;
  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;

  /**
   * @param consumerProperties the connection to Kafka
   */
  public CheckpointReader(
      Map<String, Object> consumerProperties, CheckpointTopics topics, String model) {
    this(consumerProperties, topics, model, PATIENCE, CheckpointRefusals.UNTOLD);
  }

  /**
   * @param consumerProperties the connection to Kafka
   * @param patience how long a call may take
   * @param refused receives records that are not valid manifests
   */
  public CheckpointReader(
      Map<String, Object> consumerProperties,
      CheckpointTopics topics,
      String model,
      Duration patience,
      CheckpointRefusals refused) {
    this.model = model;
    this.patience = patience;
    manifests = new ManifestTopic(topics, model, refused);
    manifestPartition = topics.manifestPartition();
    chunks = topics.chunksPartition();
    consumer = Clients.reader(consumerProperties);
  }

  /** Returns the newest committed manifest; empty if no checkpoint was ever written. */
  public Optional<Manifest> manifest() {
    return withKafka(this::manifest);
  }

  /** Returns the newest manifest before an offset of its topic. Waits until it is visible. */
  Optional<Manifest> manifest(long end) {
    return withKafka(
        deadline -> {
          awaitTopic(manifestPartition.topic(), deadline);
          return manifests.newest(consumer, end, deadline);
        });
  }

  /** Returns the checkpoint to resume from, with its state. */
  public Optional<Checkpoint> latest() {
    return newest(Manifest::latest, true);
  }

  /** Returns the checkpoint to serve, without its state. */
  public Optional<Checkpoint> champion() {
    return newest(Manifest::champion, false);
  }

  /** Returns the checkpoint of that version, with its state, where it is retained. */
  public Optional<Checkpoint> version(long version) {
    return newest(manifest -> manifest.version(version), true);
  }

  /** Returns a checkpoint with its state; empty if it is no longer retained. */
  public Optional<Checkpoint> read(StoredCheckpoint stored) {
    return withKafka(deadline -> read(stored, true, deadline));
  }

  /** Returns a checkpoint without its state; empty if it is no longer retained. */
  public Optional<Checkpoint> readWeights(StoredCheckpoint stored) {
    return withKafka(deadline -> read(stored, false, deadline));
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Optional<Checkpoint> newest(
      Function<Manifest, Optional<StoredCheckpoint>> choice, boolean withState) {
    return withKafka(
        deadline -> {
          while (true) {
            Optional<StoredCheckpoint> stored = manifest(deadline).flatMap(choice);
            if (stored.isEmpty()) {
              return Optional.empty();
            }
            Optional<Checkpoint> checkpoint = read(stored.get(), withState, deadline);
            if (checkpoint.isPresent()) {
              return checkpoint;
            }
          }
        });
  }

  private Optional<Manifest> manifest(Deadline deadline) {
    awaitTopic(manifestPartition.topic(), deadline);
    return manifests.newest(consumer, deadline);
  }

  /**
   * Waits for the topic, since a broker that has just started may not know it yet. If it were taken
   * for a topic without checkpoints, training would start over.
   */
  private void awaitTopic(String topic, Deadline deadline) {
    while (consumer.partitionsFor(topic).isEmpty()) {
      deadline.check("Kafka did not know the topic " + topic);
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.poll(POLL);
    }
  }

  private Optional<Checkpoint> read(StoredCheckpoint stored, boolean withState, Deadline deadline) {
    PartAssembly weights = assembly(stored, PartKind.WEIGHTS, stored.weights());
    if (!isGathered(weights, stored.weights(), stored, deadline)) {
      return Optional.empty();
    }
    PartAssembly state = null;
    if (withState && stored.state() != null) {
      state = assembly(stored, PartKind.STATE, stored.state());
      if (!isGathered(state, stored.state(), stored, deadline)) {
        return Optional.empty();
      }
    }
    return Optional.of(checkpoint(stored, weights, state));
  }

  private PartAssembly assembly(StoredCheckpoint stored, PartKind kind, StoredPart part) {
    return new PartAssembly(model, kind, stored.version(), part);
  }

  private Checkpoint checkpoint(
      StoredCheckpoint stored, PartAssembly weights, @Nullable PartAssembly state) {
    PartContent content = weights.content();
    return new Checkpoint(
        model,
        stored.version(),
        content.definition(),
        content.entries(),
        state == null ? null : state.content().entries(),
        stored.summary());
  }

  /** Returns false if the checkpoint is no longer retained. */
  private boolean isGathered(
      PartAssembly assembly, StoredPart part, StoredCheckpoint stored, Deadline deadline) {
    long position = part.firstChunkOffset();
    while (true) {
      position = gather(assembly, position);
      if (assembly.isComplete()) {
        return true;
      }
      if (deadline.isOver()) {
        throw new CheckpointMissingException(
            deadline.within(assembly + " was not on " + chunks.topic()), null);
      }
      if (!isRetained(stored)) {
        return false;
      }
    }
  }

  private boolean isRetained(StoredCheckpoint stored) {
    return manifest(Deadline.in(patience))
        .flatMap(now -> now.version(stored.version()))
        .isPresent();
  }

  /** Reads until the part is complete or no more records come. Returns the next position. */
  private long gather(PartAssembly assembly, long position) {
    consumer.assign(List.of(chunks));
    consumer.seek(chunks, position);
    ConsumerRecords<byte[], byte[]> records;
    do {
      records = consumer.poll(POLL);
      records.forEach(assembly::offer);
    } while (!assembly.isComplete() && !records.isEmpty());
    long next = consumer.position(chunks);
    consumer.unsubscribe(); // drops records that were fetched beyond the part
    return next;
  }

  private <T> T withKafka(Function<Deadline, T> call) {
    try {
      return call.apply(Deadline.in(patience));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new CheckpointUnavailableException(
          "the checkpoints of %s cannot be read: %s".formatted(model, e.getMessage()), e);
    }
  }
}
