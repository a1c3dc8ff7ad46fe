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
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one model in its writer's hands: taken over from the writer before, and changed
 * in one transaction with what the change needs. Confined to one thread.
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

  /** Returns whether nobody had written a manifest when this writer took over. */
  boolean isFirst() {
    return first;
  }

  /** Takes over what others have written. */
  void takeOver() {
    withKafka(() -> takeOver(this::found));
  }

  /** Takes over what this writer has written, after a failure. */
  void takeOverAgain() {
    closeTransactions();
    withKafka(
        () -> {
          ownership.findTopics();
          ownership.requireNewest(manifest.lineage()); // fencing would disturb whoever took over
          takeOver(this::foundAgain);
        });
  }

  /** Gives up what others have written, whatever it is. */
  void beginAnew() {
    withKafka(() -> takeOver(topicId -> manifest.of(Lineage.begun(topicId))));
    commit((sender, sends) -> manifest);
  }

  void requireOwnership() {
    withKafka(() -> ownership.watch(manifest.lineage()));
  }

  /**
   * Commits a change together with what it sends.
   *
   * @throws WriterFencedException where another writer took over
   * @throws CheckpointWriteException where it failed otherwise
   */
  void commit(BiFunction<ChunkSender, Sends, Manifest> change) {
    ownership.requireTopics();
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

  /**
   * Returns what others have written, under the next term; where nobody has, nothing is written.
   */
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
   * Returns what this writer has written, under the next term. It is in memory, too: where the
   * topic of manifests was deleted, it is written again.
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
   * Tells the term before anything is learned in it, so that whoever had the one before ends. A
   * commit is visible a moment after it is certain: whoever looked in between would take over.
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
      failure.addSuppressed(e); // nobody knows; taking over again will tell
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
