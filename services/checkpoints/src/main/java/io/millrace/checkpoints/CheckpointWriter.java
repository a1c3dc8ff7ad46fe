package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
 * <p>A trainer that was thought dead and is not (a zombie) trains on, but its next checkpoint ends
 * in a {@link WriterFencedException} and leaves nothing visible, neither weights nor dead letters.
 *
 * <p>A transaction holds the dead letters that the checkpoint covers, the chunks of its parts, and
 * last the manifest that names them. Chunks go to slots whose keys are used in turn: one that no
 * retained checkpoint lies in, so all that the manifest names stays readable, before and after.
 * What a checkpoint leaves behind that is no longer retained is deleted by tombstones in the
 * transaction that drops it, which also covers a part that shrinks. An aborted transaction changes
 * none of this, compaction ignores it.
 *
 * <p>After any {@link CheckpointException} but a {@link RecordRefusedException} the writer is
 * closed. Confined to one thread, which waits for the brokers' acknowledgement; a broker that is
 * away is waited for as long as the producer's {@code delivery.timeout.ms} and {@code max.block.ms}
 * say.
 */
public final class CheckpointWriter implements AutoCloseable {
  private final String model;
  private final CheckpointTopics topics;
  private final int retain;
  private final Supplier<CheckpointReader> readers;
  private final Transactions transactions;
  private final ChunkSender chunks;
  private Manifest manifest;

  private CheckpointWriter(
      CheckpointSettings settings,
      String model,
      Supplier<CheckpointReader> readers,
      Transactions transactions) {
    this.model = model;
    this.topics = settings.topics();
    this.retain = settings.retain();
    this.readers = readers;
    this.transactions = transactions;
    this.chunks = new ChunkSender(topics, model);
    this.manifest = Manifest.empty(model);
  }

  /**
   * Fences every other writer of the model, and reads what was written so far.
   *
   * @param producerProperties how to connect to Kafka, for a producer
   * @param consumerProperties how to connect to Kafka, for a consumer
   * @throws CheckpointUnavailableException where Kafka does not answer or a topic is missing
   */
  public static CheckpointWriter open(
      Map<String, Object> producerProperties,
      Map<String, Object> consumerProperties,
      CheckpointSettings settings,
      String model) {
    CheckpointWriter writer =
        new CheckpointWriter(
            settings,
            model,
            () -> new CheckpointReader(consumerProperties, settings.topics(), model),
            new Transactions(producerProperties, model));
    boolean open = false;
    try {
      writer.takeOver();
      open = true;
      return writer;
    } finally {
      if (!open) {
        writer.close();
      }
    }
  }

  /** Returns what is stored, as of the newest write. */
  public Manifest manifest() {
    return manifest;
  }

  /** Reads the weights of a checkpoint; empty where it is not kept. */
  public Optional<Checkpoint> weights(long sequence) {
    try (CheckpointReader reader = readers.get()) {
      return manifest.version(sequence).map(stored -> reader.readWeights(stored).orElseThrow());
    }
  }

  /** Reads the checkpoint to resume from, with its state; empty where training begins. */
  public Optional<Checkpoint> resumePoint() {
    try (CheckpointReader reader = readers.get()) {
      return manifest.latest().map(stored -> reader.read(stored).orElseThrow());
    }
  }

  /** Writes a checkpoint that is served at once, and returns its sequence. */
  public long write(Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> deadLetters) {
    return write(
        snapshot,
        deadLetters,
        new Champion(manifest.nextSequence(), manifest.predecessorSequence()));
  }

  /**
   * Writes a checkpoint and returns its sequence. Readers see it a moment later: Kafka answers when
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
    long sequence = manifest.nextSequence();
    commit(
        sends -> {
          covered.forEach(sends::addRefusable);
          return manifest.with(send(sequence, snapshot, sends), retain, champion);
        });
    return sequence;
  }

  /**
   * Lets another retained checkpoint be served.
   *
   * @throws IllegalArgumentException where the manifest has none of that sequence
   * @throws WriterFencedException where another writer took over
   * @throws CheckpointWriteException where it failed otherwise
   */
  public void promote(long sequence) {
    if (manifest.version(sequence).isEmpty()) {
      throw new IllegalArgumentException(
          "version %d of %s is not stored".formatted(sequence, model));
    }
    commit(sends -> manifest.withChampion(sequence));
  }

  /** Closes the writer; none takes over by that. */
  @Override
  public void close() {
    transactions.close();
  }

  private void takeOver() {
    transactions.fence();
    try (CheckpointReader reader = readers.get()) {
      manifest = reader.manifest().orElse(manifest);
    }
  }

  private void commit(Function<Sends, Manifest> change) {
    manifest =
        transactions.commit(
            sends -> {
              Manifest newer = change.apply(sends);
              manifest.droppedBy(newer).forEach(stored -> chunks.delete(stored, sends));
              sends.await();
              sends.add(
                  new ProducerRecord<>(
                      topics.manifest(), 0, model.getBytes(UTF_8), ManifestCodec.encode(newer)));
              return newer;
            });
  }

  private StoredCheckpoint send(long sequence, Snapshot snapshot, Sends sends) {
    int slot = manifest.freeSlot();
    ChunkSender.Sent weights =
        chunks.send(
            PartKind.WEIGHTS,
            new PartContent(snapshot.definition(), snapshot.weights()),
            slot,
            sequence,
            sends);
    ChunkSender.Sent state =
        snapshot.state() == null
            ? null
            : chunks.send(
                PartKind.STATE, new PartContent("", snapshot.state()), slot, sequence, sends);
    return new StoredCheckpoint(
        sequence,
        weights.stored(sends),
        state == null ? null : state.stored(sends),
        snapshot.summary());
  }
}
