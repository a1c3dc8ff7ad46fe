package io.millrace.trainer.publishing;

import io.millrace.checkpoints.Snapshot;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where checkpoints go: all of one becomes visible, dead letters included, or nothing does. */
@FunctionalInterface
public interface CheckpointSink {

  /** Writes a checkpoint and returns its sequence. */
  long write(Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> deadLetters);
}
