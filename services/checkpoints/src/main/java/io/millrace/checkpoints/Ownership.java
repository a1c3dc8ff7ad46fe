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
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a model still belongs to this writer. If the newest manifest has a later term,
 * another trainer took over. Kafka's exceptions do not tell: a writer that slept for longer than
 * its transaction timeout gets the same one as a fenced writer.
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
   * Finds the topics, and creates missing ones.
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
   * Checks that the topics are still those that were found. A manifest written to recreated topics
   * would list checkpoints that they do not have.
   *
   * @param others topics that the same transaction writes to. A producer waits for a minute or two
   *     for one that is missing, so that is looked at before
   * @throws CheckpointWriteException if one of them was deleted
   */
  void requireTopics(Set<String> others) {
    try {
      Map<String, String> now = currentIds();
      if (!now.equals(topicIds)) {
        throw new CheckpointWriteException(
            "the topics of %s's checkpoints were deleted: %s now has %s, had %s"
                .formatted(access.model(), access.topics().chunks(), now, topicIds),
            null);
      }
      Set<String> missing = inspector.missing(others);
      if (!missing.isEmpty()) {
        throw new CheckpointWriteException(
            "a checkpoint of %s was not written: there is no topic %s"
                .formatted(access.model(), String.join(", ", missing)),
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
   * Reads the newest manifest that is committed at the time of the call, and watches from there on.
   * Waits for a hidden one: readers cannot pass an open transaction, which may be another model's.
   *
   * @param ours as in {@link #requireNewest}
   * @throws WriterFencedException as in {@link #requireNewest}
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
   * Reads the newest visible manifest.
   *
   * @param ours the lineage that this writer has written; its term is 0 if it has not written yet
   * @throws WriterFencedException if a later writer wrote the manifest
   */
  Optional<Manifest> requireNewest(Lineage ours) {
    try (CheckpointReader reader = access.reader(PATIENCE)) {
      Optional<Manifest> newest = reader.manifest();
      newest.ifPresent(manifest -> requireOurs(manifest, ours));
      return newest;
    }
  }

  /**
   * Looks ten times a second for manifests since {@link #awaitNewest}. Does not wait.
   *
   * @throws WriterFencedException if another writer wrote one
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

  /** Earlier manifests are skipped: any term of an abandoned line would look like a later one. */
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
          "another trainer of %s took over: %s"
              .formatted(access.model(), difference(newest.lineage(), ours)),
          null);
    }
  }

  private static String difference(Lineage newest, Lineage ours) {
    return newest.line().equals(ours.line())
        ? "the manifest has term %d, this trainer had term %d".formatted(newest.term(), ours.term())
        : "the manifest begins another line of versions";
  }
}
