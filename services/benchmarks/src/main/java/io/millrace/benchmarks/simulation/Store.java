package io.millrace.benchmarks.simulation;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.state.State;
import io.millrace.trainer.control.Versions;
import io.millrace.trainer.publishing.CheckpointSink;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in memory, which outlive their trainers: the newest few, the champion and its
 * predecessor.
 */
final class Store implements CheckpointSink, Versions {
  private static final int RETAINED = 3;

  private final String model;
  private final Mishaps mishaps;
  private final Commit commit;
  private final TreeMap<Long, State> kept = new TreeMap<>();
  private @Nullable Checkpoint newest;

  /** Observes the writing of a checkpoint. */
  interface Commit {
    /** Called before a checkpoint becomes visible. */
    void check(
        long version,
        Snapshot snapshot,
        List<ProducerRecord<byte[], byte[]>> covered,
        Champion champion);

    /** Called once a checkpoint is visible. */
    void done();
  }

  Store(String model, Mishaps mishaps, Commit commit) {
    this.model = model;
    this.mishaps = mishaps;
    this.commit = commit;
  }

  /** Returns the checkpoint to resume from. */
  Optional<Checkpoint> newest() {
    return Optional.ofNullable(newest);
  }

  /** Returns the weights of a checkpoint that has to be kept. */
  State served(long version) {
    return weights(version)
        .orElseThrow(() -> new IllegalStateException(version + " of " + kept() + " is not kept"));
  }

  @Override
  public Optional<State> weights(long version) {
    return Optional.ofNullable(kept.get(version));
  }

  @Override
  public List<Long> kept() {
    return List.copyOf(kept.keySet());
  }

  @Override
  public long nextVersion() {
    return kept.isEmpty() ? 1 : kept.lastKey() + 1;
  }

  /** The process may crash before the checkpoint is visible, and after. */
  @Override
  public long write(
      Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
    mishaps.moment();
    long version = nextVersion();
    commit.check(version, snapshot, covered, champion);
    kept.put(version, snapshot.weights());
    kept.keySet()
        .removeIf(
            each ->
                each <= version - RETAINED
                    && each != champion.version()
                    && each != champion.predecessor());
    newest =
        new Checkpoint(
            model,
            version,
            snapshot.definition(),
            snapshot.weights(),
            snapshot.state(),
            snapshot.summary());
    commit.done();
    mishaps.moment();
    return version;
  }
}
