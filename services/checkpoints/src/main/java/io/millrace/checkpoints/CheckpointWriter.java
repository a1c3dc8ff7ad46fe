package io.millrace.checkpoints;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.RecordRefusedException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.checkpoints.kafka.Sends;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.parts.ChunkSender;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.PartKind;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the checkpoints of one model, each in one Kafka transaction.
 *
 * <p>The trainer's offsets are stored only in its checkpoints, so what a model learned and what it
 * reads next cannot diverge. Every record is trained exactly once because every trainer starts in
 * this order:
 *
 * <ol>
 *   <li>{@link #open} this writer. Kafka then lets no other writer of the model commit, ends any
 *       transaction that one left open, and answers once its end is visible.
 *   <li>Read {@link #resumePoint}, the newest committed checkpoint. No newer one can appear now.
 *   <li>Assign the consumer to the partitions of its position, seek, and train.
 * </ol>
 *
 * <p>A trainer that was thought dead but is not (a zombie) continues to train. Its next checkpoint
 * makes nothing visible, neither weights nor dead letters. Each takeover raises the term in the
 * manifest. A zombie finds a later term than its own and ends with a {@link WriterFencedException}.
 *
 * <p>A transaction contains the dead letters that the checkpoint covers, the chunks of its parts,
 * and last the manifest that lists them. Chunks are written to slots, whose keys are reused in
 * turn. Only a slot without a retained checkpoint is reused, so everything in the manifest stays
 * readable, before and after the commit. Chunks of dropped checkpoints are deleted by tombstones in
 * the transaction that drops them, which also covers a part that shrinks. An aborted transaction
 * changes nothing, since compaction ignores it.
 *
 * <p>After a failed write, other than a {@link RecordRefusedException}, nothing can be written
 * until {@link #takeOverAgain}. Confined to one thread, which waits for the brokers'
 * acknowledgements. If a broker is away, it waits as long as the producer's {@code
 * delivery.timeout.ms} and {@code max.block.ms} allow.
 */
public final class CheckpointWriter implements AutoCloseable {
  /** Longer than another model's transaction on the same topic can hide chunks. */
  private static final Duration READ_PATIENCE = Duration.ofSeconds(45);

  private final CheckpointAccess access;
  private final int retain;
  private final Set<Long> keep;
  private final ManifestWriter manifests;

  private CheckpointWriter(CheckpointAccess access, CheckpointSettings settings) {
    this.access = access;
    this.retain = settings.retain();
    this.keep = settings.keep();
    this.manifests = new ManifestWriter(access);
  }

  /** Opens a writer without a receiver of skipped records. */
  public static CheckpointWriter open(
      Map<String, Object> producerProperties,
      Map<String, Object> consumerProperties,
      CheckpointSettings settings,
      String model) {
    return open(producerProperties, consumerProperties, settings, model, CheckpointRefusals.UNTOLD);
  }

  /**
   * Fences every other writer of the model, and reads the existing manifest. Missing topics are
   * created.
   *
   * @param producerProperties the producer's connection to Kafka
   * @param consumerProperties the consumer's connection to Kafka
   * @param refused receives the records on the topics that are skipped
   * @throws CheckpointUnavailableException if Kafka does not answer
   * @throws CheckpointFormatException if there are records, but no readable manifest
   * @throws CheckpointMissingException if there is a manifest, but its chunks were deleted
   * @throws InvalidSettingsException if the topics do not accept records of the needed size
   */
  public static CheckpointWriter open(
      Map<String, Object> producerProperties,
      Map<String, Object> consumerProperties,
      CheckpointSettings settings,
      String model,
      CheckpointRefusals refused) {
    CheckpointWriter writer =
        unopened(producerProperties, consumerProperties, settings, model, refused);
    boolean open = false;
    try {
      writer.manifests.takeOver();
      open = true;
      return writer;
    } finally {
      if (!open) {
        writer.close();
      }
    }
  }

  /**
   * Begins a new line of versions, without any version. Existing checkpoints are given up, and a
   * running trainer is fenced.
   *
   * @throws CheckpointUnavailableException if Kafka does not answer
   * @throws CheckpointWriteException if it failed otherwise
   */
  public static void reset(
      Map<String, Object> producerProperties,
      Map<String, Object> consumerProperties,
      CheckpointSettings settings,
      String model) {
    try (CheckpointWriter writer =
        unopened(
            producerProperties, consumerProperties, settings, model, CheckpointRefusals.UNTOLD)) {
      writer.manifests.beginAnew();
    }
  }

  private static CheckpointWriter unopened(
      Map<String, Object> producerProperties,
      Map<String, Object> consumerProperties,
      CheckpointSettings settings,
      String model,
      CheckpointRefusals refused) {
    CheckpointAccess access =
        new CheckpointAccess(
            producerProperties, consumerProperties, settings.topics(), model, refused);
    return new CheckpointWriter(access, settings);
  }

  /**
   * Takes over this writer's own checkpoints, after a write that failed or whose outcome is
   * unknown.
   *
   * @return whether there is a checkpoint to resume from; if there was one before, the topics were
   *     deleted, and version numbers continue
   * @throws WriterFencedException if another writer took over
   * @throws CheckpointUnavailableException if Kafka does not answer
   */
  public boolean takeOverAgain() {
    manifests.takeOverAgain();
    return manifest().latest().isPresent();
  }

  /**
   * Checks that no other writer has taken over. Looks ten times a second and does not wait.
   *
   * @throws WriterFencedException if one has
   */
  public void requireOwnership() {
    manifests.requireOwnership();
  }

  /** Returns the manifest, as of the newest write. */
  public Manifest manifest() {
    return manifests.newest();
  }

  /** Returns the versions of {@code checkpoints.keep} that are gone, lowest first. */
  public List<Long> keptTooLate() {
    return keep.stream()
        .filter(version -> version < manifest().nextVersion())
        .filter(version -> manifest().version(version).isEmpty())
        .sorted()
        .toList();
  }

  /** Reads the weights of a checkpoint; empty where it is not kept. */
  public Optional<Checkpoint> weights(long version) {
    try (CheckpointReader reader = access.reader(READ_PATIENCE)) {
      return manifest().version(version).map(stored -> reader.readWeights(stored).orElseThrow());
    }
  }

  /**
   * Reads the checkpoint to resume from, with its state; empty if training begins. If the newest
   * one cannot be read, the one before it is used.
   *
   * @throws CheckpointFormatException if none can be read
   * @throws CheckpointMissingException if the chunks of all are missing
   */
  public Optional<Checkpoint> resumePoint() {
    CheckpointException refusal = null;
    try (CheckpointReader reader = access.reader(READ_PATIENCE)) {
      for (StoredCheckpoint stored : manifest().resumable()) {
        try {
          return Optional.of(reader.read(stored).orElseThrow());
        } catch (CheckpointFormatException | CheckpointMissingException e) {
          refusal = e;
          access
              .refused()
              .refused(access.topics().chunks(), stored.weights().firstChunkOffset(), e);
        }
      }
    }
    if (refusal != null) {
      throw refusal;
    }
    return Optional.empty();
  }

  /** Writes a checkpoint that is served at once, and returns its version. */
  public long write(Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> deadLetters) {
    return write(
        snapshot, deadLetters, new Champion(nextVersion(), manifest().predecessorVersion()));
  }

  /** Returns whether the topic had no manifest of the model when this writer took over. */
  public boolean isFirst() {
    return manifests.isFirst();
  }

  /** Returns whether there were checkpoints before and none is left. */
  public boolean hasLostAll() {
    return manifest().checkpoints().isEmpty() && nextVersion() > 1;
  }

  /** Returns the version of the checkpoint that is written next. */
  public long nextVersion() {
    return manifests.nextVersion();
  }

  /**
   * Writes a checkpoint and returns its version. Readers see it a moment later: Kafka answers when
   * the commit is certain, and then tells the topics.
   *
   * @param covered the records that become visible with it: dead letters and events since the
   *     previous checkpoint; empty if the snapshot has no state, since a restart would write them
   *     again
   * @param champion the checkpoint that is served from then on
   * @throws RecordRefusedException if the brokers refuse one of those records
   * @throws WriterFencedException if another writer took over
   * @throws CheckpointWriteException if it failed otherwise
   */
  public long write(
      Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
    if (snapshot.state() == null && !covered.isEmpty()) {
      throw new IllegalArgumentException("dead letters in a checkpoint that none resumes from");
    }
    long version = nextVersion();
    Set<String> topics = covered.stream().map(ProducerRecord::topic).collect(toUnmodifiableSet());
    manifests.commit(
        topics,
        (sender, sends) -> {
          covered.forEach(sends::addRefusable);
          return manifest().with(send(version, snapshot, sender, sends), retain, keep, champion);
        });
    return version;
  }

  /**
   * Serves another retained checkpoint.
   *
   * @throws IllegalArgumentException if the manifest does not list that version
   * @throws WriterFencedException if another writer took over
   * @throws CheckpointWriteException if it failed otherwise
   */
  public void promote(long version) {
    if (manifest().version(version).isEmpty()) {
      throw new IllegalArgumentException(
          "version %d of %s is not stored".formatted(version, access.model()));
    }
    manifests.commit((sender, sends) -> manifest().withChampion(version));
  }

  /** Closes the writer. This does not let another writer take over. */
  @Override
  public void close() {
    manifests.close();
  }

  private StoredCheckpoint send(long version, Snapshot snapshot, ChunkSender sender, Sends sends) {
    int slot = manifest().freeSlot();
    ChunkSender.Sent weights =
        sender.send(
            PartKind.WEIGHTS,
            new PartContent(snapshot.definition(), snapshot.weights()),
            slot,
            version,
            sends);
    ChunkSender.Sent state =
        snapshot.state() == null
            ? null
            : sender.send(
                PartKind.STATE, new PartContent("", snapshot.state()), slot, version, sends);
    return new StoredCheckpoint(
        version,
        weights.stored(sends),
        state == null ? null : state.stored(sends),
        snapshot.summary());
  }
}
