package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.checkpoints.kafka.RecordSizes;
import io.millrace.checkpoints.kafka.Sends;
import io.millrace.checkpoints.kafka.Transactions;
import io.millrace.checkpoints.manifest.Lineage;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestCodec;
import io.millrace.checkpoints.parts.ChunkSender;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one model, as its writer sees it. It is taken over from the previous writer, and
 * each change is committed in one transaction with the records it needs. Confined to one thread.
 */
final class ManifestWriter implements AutoCloseable {
  private final CheckpointAccess access;
  private final Ownership ownership;
  private @Nullable Transactions transactions;
  private @Nullable ChunkSender chunks;
  private Manifest manifest;
  private long firstVersion = 1;
  private boolean first;

  ManifestWriter(CheckpointAccess access) {
    this.access = access;
    this.ownership = new Ownership(access);
    this.manifest = Manifest.empty(access.model());
  }

  /** Returns the manifest as of the newest commit. */
  Manifest newest() {
    return manifest;
  }

  /** Versions go on counting where their topics were deleted. */
  long nextVersion() {
    return Math.max(firstVersion, manifest.nextVersion());
  }

  /** Returns whether there was no manifest when this writer took over. */
  boolean isFirst() {
    return first;
  }

  /** Takes over the manifest of another writer. */
  void takeOver() {
    withKafka(() -> takeOver(this::found));
  }

  /** Takes over this writer's own manifest, after a failure. */
  void takeOverAgain() {
    closeTransactions();
    withKafka(
        () -> {
          ownership.findTopics();
          ownership.requireNewest(manifest.lineage()); // fencing would disturb a newer writer
          takeOver(this::foundAgain);
        });
  }

  /** Gives up the checkpoints of all other writers. */
  void beginAnew() {
    withKafka(() -> takeOver(topicId -> manifest.of(Lineage.begun(topicId))));
    commit((sender, sends) -> manifest);
  }

  void requireOwnership() {
    withKafka(() -> ownership.watch(manifest.lineage()));
  }

  /**
   * Commits a change of the manifest together with the records that it sends.
   *
   * @throws WriterFencedException if another writer took over
   * @throws CheckpointWriteException if it failed otherwise
   */
  void commit(BiFunction<ChunkSender, Sends, Manifest> change) {
    commit(Set.of(), change);
  }

  /**
   * Commits like {@link #commit(BiFunction)}.
   *
   * @param others the topics that the records go to besides those of checkpoints
   */
  void commit(Set<String> others, BiFunction<ChunkSender, Sends, Manifest> change) {
    ownership.requireTopics(others);
    Lineage ours = manifest.lineage();
    try {
      manifest = opened(transactions).commit(sends -> sent(change, sends));
    } catch (CheckpointWriteException e) {
      requireOwnership(ours, e);
      throw e;
    }
  }

  @Override
  public void close() {
    closeTransactions();
    ownership.close();
  }

  private void takeOver(Function<String, Manifest> finding) {
    String topicId = ownership.findTopics();
    RecordSizes sizes = ownership.recordSizes();
    Transactions opened = access.transactions(sizes.batchBytes());
    transactions = opened;
    chunks = new ChunkSender(access.topics(), access.model(), sizes.chunkBytes());
    opened.fence();
    manifest = finding.apply(topicId);
  }

  /** Returns the existing manifest under the next term. If there is none, nothing is written. */
  private Manifest found(String topicId) {
    Optional<Manifest> found = ownership.awaitNewest(manifest.lineage());
    first = found.isEmpty();
    if (found.isEmpty()) {
      return manifest.of(Lineage.begun(topicId));
    }
    if (found.get().lineage().isOfAnotherTopic(topicId)) {
      throw new CheckpointMissingException(
          "the checkpoints that %s names were deleted: the topic %s was created anew"
              .formatted(access.topics().manifest(), access.topics().chunks()),
          null);
    }
    return announced(found.get().of(found.get().lineage().next(topicId)));
  }

  /**
   * Returns this writer's own manifest under the next term. It is also in memory, so it is written
   * again if the manifest topic was deleted.
   */
  private Manifest foundAgain(String topicId) {
    Optional<Manifest> found = ownership.awaitNewest(manifest.lineage());
    Manifest known = found.orElse(manifest);
    first = found.isEmpty() && known.checkpoints().isEmpty();
    firstVersion = Math.max(firstVersion, known.nextVersion());
    Lineage next = known.lineage().next(topicId);
    return known.checkpoints().isEmpty() || known.lineage().isOfAnotherTopic(topicId)
        ? Manifest.empty(access.model()).of(next)
        : announced(known.of(next));
  }

  /**
   * Publishes the new term before anything is learned in it, so that the writer of the previous
   * term ends. Waits until the commit is visible: a writer that looked in between would take over.
   */
  private Manifest announced(Manifest next) {
    commit((sender, sends) -> next);
    ownership.awaitNewest(next.lineage());
    return next;
  }

  private Manifest sent(BiFunction<ChunkSender, Sends, Manifest> change, Sends sends) {
    ChunkSender sender = opened(chunks);
    Manifest newer = change.apply(sender, sends);
    manifest.droppedBy(newer).forEach(stored -> sender.delete(stored, sends));
    sends.await();
    sends.add(
        new ProducerRecord<>(
            access.topics().manifest(),
            0,
            access.model().getBytes(UTF_8),
            ManifestCodec.encode(newer)));
    return newer;
  }

  private void requireOwnership(Lineage ours, CheckpointWriteException failure) {
    try {
      ownership.requireNewest(ours);
    } catch (WriterFencedException e) {
      e.addSuppressed(failure);
      throw e;
    } catch (CheckpointException e) {
      failure.addSuppressed(e); // unknown; taking over again will tell
    }
  }

  private void closeTransactions() {
    if (transactions != null) {
      transactions.close();
      transactions = null;
    }
  }

  private void withKafka(Runnable call) {
    try {
      call.run();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new CheckpointUnavailableException(
          "the topics of %s's checkpoints cannot be used: %s"
              .formatted(access.model(), e.getMessage()),
          e);
    }
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the writer is closed");
    }
    return part;
  }
}
