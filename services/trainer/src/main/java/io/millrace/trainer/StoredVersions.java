package io.millrace.trainer;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.learning.state.State;
import io.millrace.trainer.control.Versions;
import io.millrace.trainer.publishing.CheckpointSink;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The checkpoints of this trainer, backed by its writer. Owned by the training thread. */
record StoredVersions(CheckpointWriter writer) implements Versions, CheckpointSink {

  @Override
  public Optional<State> weights(long version) {
    return writer.weights(version).map(Checkpoint::weights);
  }

  @Override
  public List<Long> kept() {
    return writer.manifest().checkpoints().stream().map(StoredCheckpoint::version).toList();
  }

  @Override
  public long nextVersion() {
    return writer.nextVersion();
  }

  @Override
  public long write(
      Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
    return writer.write(snapshot, covered, champion);
  }
}
