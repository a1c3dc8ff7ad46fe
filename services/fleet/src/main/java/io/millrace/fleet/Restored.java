package io.millrace.fleet;

import io.millrace.checkpoints.fleet.FleetTopic;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Counts the checkpoints that were restored from their topic. Safe for any thread. */
final class Restored implements StateRestoreListener {
  private final LongAdder checkpoints = new LongAdder();

  long checkpoints() {
    return checkpoints.sum();
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {}

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {
    if (store.equals(FleetTopic.STORE)) {
      checkpoints.add(restored);
    }
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {}
}
