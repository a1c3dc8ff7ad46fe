package io.millrace.benchmarks.simulation;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The records topic. A record's value is its number. Old records are removed after they were
 * consumed.
 */
final class RecordsTopic implements Topic {
  private final int records;
  private final int kept;
  private final long[] oldest = new long[Plan.PARTITIONS];

  /**
   * @param kept the number of newest consumed records to keep, over all partitions
   */
  RecordsTopic(int records, int kept) {
    this.records = records;
    this.kept = kept;
  }

  /** Removes old records, unless a rewind is in progress. */
  void clean(Course consumed) {
    for (int partition = 0; partition < oldest.length && !consumed.isRewinding(); partition++) {
      oldest[partition] = Math.max(0, consumed.unread(partition) - kept / Plan.PARTITIONS);
    }
  }

  /** Returns the number in a value. */
  static int number(byte[] value) {
    return ByteBuffer.wrap(value).getInt();
  }

  @Override
  public String name() {
    return "records";
  }

  @Override
  public int partitions() {
    return Plan.PARTITIONS;
  }

  @Override
  public long oldest(int partition) {
    return oldest[partition];
  }

  @Override
  public long end(int partition) {
    return ((long) records - partition + Plan.PARTITIONS - 1) / Plan.PARTITIONS;
  }

  @Override
  public long since(int partition, long timeMillis) {
    long low = oldest(partition);
    long high = end(partition);
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (Plan.timeMillis(Plan.record(partition, middle)) < timeMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
    int record = Plan.record(partition, offset);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt(record).array();
    return new ConsumerRecord<>(
        name(),
        partition,
        offset,
        Plan.timeMillis(record),
        TimestampType.CREATE_TIME,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
