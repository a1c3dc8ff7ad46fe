package io.millrace.checkpoints;

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
 * <p>The trainer's offsets are nowhere but in its checkpoints, so that what a model learned and
 * what it will read next cannot part. That every record is trained exactly once rests on this order
 * at every start of a trainer:
 *
 * <ol>
 *   <li>{@link #open} this writer. Kafka then lets no other writer of the model commit, ends a
 *       transaction that one has left open, and answers once its end is visible.
 *   <li>Read {@link #resumePoint}, the newest committed checkpoint: no newer one can appear now.
 *   <li>Assign the consumer to the partitions of its position, seek, and train on.
 * </ol>
 *
 * <p>A trainer that was thought dead and is not (a zombie) trains on, but its next checkpoint
 * leaves nothing visible, neither weights nor dead letters. Whoever takes over raises the term in
 * the manifest: a zombie finds a later one than its own, and ends in a {@link
 * WriterFencedException}.
 *
 * <p>A transaction holds the dead letters that the checkpoint covers, the chunks of its parts, and
 * last the manifest that names them. Chunks go to slots whose keys are used in turn: one that no
 * retained checkpoint lies in, so all that the manifest names stays readable, before and after.
 * What a checkpoint leaves behind that is no longer retained is deleted by tombstones in the
 * transaction that drops it, which also covers a part that shrinks. An aborted transaction changes
 * none of this, compaction ignores it.
 *
 * <p>After a failed write, but for a {@link RecordRefusedException}, nothing is written until
 * {@link #takeOverAgain}. Confined to one thread, which waits for the brokers' acknowledgement; a
 * broker that is away is waited for as long as the producer's {@code delivery.timeout.ms} and
 * {@code max.block.ms} say.
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

  /** Opens a writer whose caller need not be told of what is passed over. */
  public static CheckpointWriter open(
      Map<String, Object> producerProperties,
      Map<String, Object> consumerProperties,
      CheckpointSettings settings,
      String model) {
    return open(producerProperties, consumerProperties, settings, model, CheckpointRefusals.UNTOLD);
  }

  /**
   * Fences every other writer of the model, and reads what was written so far. Topics that are
   * missing are created.
   *
   * @param producerProperties how to connect to Kafka, for a producer
   * @param consumerProperties how to connect to Kafka, for a consumer
   * @param refused is told of what stands on the topics and is passed over
   * @throws CheckpointUnavailableException where Kafka does not answer
   * @throws CheckpointFormatException where there is something, but no manifest
   * @throws CheckpointMissingException where there is a manifest, but its chunks were deleted
   * @throws InvalidSettingsException where the topics take no record of a usual size
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
   * Begins a new line of versions, without any; whatever was written is given up, and so is a
   * trainer that runs.
   *
   * @throws CheckpointUnavailableException where Kafka does not answer
   * @throws CheckpointWriteException where it failed otherwise
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
   * Takes over what this writer has written, after a failed write or one whose end is unknown.
   *
   * @return whether there is a checkpoint to resume from; if there was one and is none now, the
   *     topics were deleted, and versions go on counting
   * @throws WriterFencedException where another writer took over
   * @throws CheckpointUnavailableException where Kafka does not answer
   */
  public boolean takeOverAgain() {
    manifests.takeOverAgain();
    return manifest().latest().isPresent();
  }

  /**
   * Makes sure that no other writer has taken over. Looks ten times a second, and does not wait.
   *
   * @throws WriterFencedException where one has
   */
  public void requireOwnership() {
    manifests.requireOwnership();
  }

  /** Returns what is stored, as of the newest write. */
  public Manifest manifest() {
    return manifests.newest();
  }

  /** Returns the versions that were to be kept and are gone, lowest first. */
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
   * Reads the checkpoint to resume from, with its state; empty where training begins. Where the
   * newest cannot be read, the one before it counts.
   *
   * @throws CheckpointFormatException where none can be read
   * @throws CheckpointMissingException where none is there
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

  /** Returns whether no manifest of the model was on its topic when this writer took over. */
  public boolean isFirst() {
    return manifests.isFirst();
  }

  /** Returns whether there were checkpoints, and none is there any more. */
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
   * @param covered the records that become visible with it: those rejected and what happened since
   *     the checkpoint before; none where the snapshot has no state, as a restart would write them
   *     once more
   * @param champion what is served from then on
   * @throws RecordRefusedException where the brokers do not take one of those records
   * @throws WriterFencedException where another writer took over
   * @throws CheckpointWriteException where it failed otherwise
   */
  public long write(
      Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
    if (snapshot.state() == null && !covered.isEmpty()) {
      throw new IllegalArgumentException("dead letters in a checkpoint that none resumes from");
    }
    long version = nextVersion();
    manifests.commit(
        (sender, sends) -> {
          covered.forEach(sends::addRefusable);
          return manifest().with(send(version, snapshot, sender, sends), retain, keep, champion);
        });
    return version;
  }

  /**
   * Lets another retained checkpoint be served.
   *
   * @throws IllegalArgumentException where the manifest has none of that version
   * @throws WriterFencedException where another writer took over
   * @throws CheckpointWriteException where it failed otherwise
   */
  public void promote(long version) {
    if (manifest().version(version).isEmpty()) {
      throw new IllegalArgumentException(
          "version %d of %s is not stored".formatted(version, access.model()));
    }
    manifests.commit((sender, sends) -> manifest().withChampion(version));
  }

  /** Closes the writer; none takes over by that. */
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
