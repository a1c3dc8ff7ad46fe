package io.millrace.trainer.publishing;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.failures.RecordRefusedException;
import io.millrace.checkpoints.manifest.Champion;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes checkpoints: one becomes visible as a whole, including what it covers, or not at all. */
public interface CheckpointSink {

  /** Returns the version that the next checkpoint will have. */
  long nextVersion();

  /**
   * Writes a checkpoint and returns its version.
   *
   * @param covered dead letters and events
   * @throws RecordRefusedException if one of those is refused, so that nothing was written
   */
  long write(Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion);
}
