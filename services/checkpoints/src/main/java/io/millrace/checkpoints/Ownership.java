package io.millrace.checkpoints;

import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.checkpoints.kafka.RecordSizes;
import io.millrace.checkpoints.kafka.TopicInspector;
import io.millrace.checkpoints.manifest.Lineage;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestFollower;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model is still this writer's, as the newest manifest says: one of a later term was
 * written by a trainer that took over. Exceptions of Kafka's do not tell: a writer that slept for
 * longer than its transaction may last gets the same as one that was taken over from.
 *
 * <p>Confined to one thread.
 */
public final class Ownership implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than another model's transaction on the same topic can hide manifests. */
  private static final Duration VISIBLE_PATIENCE = Duration.ofSeconds(45);

  private static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();

  private final CheckpointAccess access;
  private final TopicInspector inspector;
  private Map<String, String> topicIds = Map.of();
  private @Nullable ManifestFollower follower;
  private long lookedAt = System.nanoTime();

  Ownership(CheckpointAccess access) {
    this.access = access;
    this.inspector = access.inspector();
  }

  /**
   * Finds the topics, and creates those that are missing.
   *
   * @return the id of the chunks topic
   */
  String findTopics() {
    inspector.create(access.topics().definitions());
    topicIds = currentIds();
    return topicIds.getOrDefault(access.topics().chunks(), "");
  }

  RecordSizes recordSizes() {
    return RecordSizes.of(access.topics(), access.model(), inspector);
  }

  /**
   * Makes sure that the topics are those that were found: what is written to others would name
   * checkpoints that they do not have.
   *
   * @throws CheckpointWriteException where they were deleted
   */
  void requireTopics() {
    try {
      Map<String, String> now = currentIds();
      if (!now.equals(topicIds)) {
        throw new CheckpointWriteException(
            "the topics of %s's checkpoints were deleted: %s now has %s, had %s"
                .formatted(access.model(), access.topics().chunks(), now, topicIds),
            null);
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new CheckpointWriteException(
          "a checkpoint of %s was not written: %s".formatted(access.model(), e.getMessage()), e);
    }
  }

  /**
   * Reads the newest manifest that was committed by now, and watches from there on. One that is
   * hidden is waited for: nobody reads beyond a transaction that has not ended, which may be
   * another model's.
   *
   * @param ours as of {@link #requireNewest}
   * @throws WriterFencedException as there
   */
  Optional<Manifest> awaitNewest(Lineage ours) {
    long end = inspector.end(access.topics().manifestPartition());
    try (CheckpointReader reader = access.reader(VISIBLE_PATIENCE)) {
      Optional<Manifest> newest = reader.manifest(end);
      newest.ifPresent(manifest -> requireOurs(manifest, ours));
      watchFrom(end);
      return newest;
    }
  }

  /**
   * Reads the newest manifest that is visible.
   *
   * @param ours what this writer has written under; its term is 0 where it has not written
   * @throws WriterFencedException where the manifest was written by a later one
   */
  Optional<Manifest> requireNewest(Lineage ours) {
    try (CheckpointReader reader = access.reader(PATIENCE)) {
      Optional<Manifest> newest = reader.manifest();
      newest.ifPresent(manifest -> requireOurs(manifest, ours));
      return newest;
    }
  }

  /**
   * Looks ten times a second whether news of another writer have come since {@link #awaitNewest};
   * does not wait for any.
   *
   * @throws WriterFencedException where they have
   */
  void watch(Lineage ours) {
    if (follower == null || System.nanoTime() - lookedAt < PERIOD_NANOS) {
      return;
    }
    lookedAt = System.nanoTime();
    follower.poll(Duration.ZERO).ifPresent(manifest -> requireOurs(manifest, ours));
  }

  @Override
  public void close() {
    inspector.close();
    if (follower != null) {
      follower.close();
    }
  }

  /** What stands before is old: of a line that was given up, any term looks like a later one. */
  private void watchFrom(long offset) {
    if (follower == null) {
      follower = access.follower();
    }
    follower.goOnAt(offset);
  }

  private Map<String, String> currentIds() {
    return inspector.ids(List.of(access.topics().chunks(), access.topics().manifest()));
  }

  private void requireOurs(Manifest newest, Lineage ours) {
    if (ours.term() > 0 && newest.lineage().follows(ours)) {
      throw new WriterFencedException(
          "another trainer of %s took over: the manifest has term %d, this trainer had term %d"
              .formatted(access.model(), newest.lineage().term(), ours.term()),
          null);
    }
  }
}
