package io.millrace.joiner.joining;

import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The counters of a partition, by outcome and over its whole life, and its stream time, which
 * decides what has expired. It is a state store of the task and changes in the transaction of the
 * counted records, so a crash neither loses nor repeats any. Written by the task's thread. Any
 * thread may read the counts.
 */
final class Ledger {
  static final String STORE = "ledger";
  private static final String STREAM_TIME = "stream_time";

  /** This many records in a row that are far ahead are believed. */
  private static final int LEAPERS = 5;

  private static final Outcome[] OUTCOMES = Outcome.values();

  private final KeyValueStore<String, Long> store;
  private final AtomicLongArray counts = new AtomicLongArray(OUTCOMES.length);
  private final AtomicLongArray counted;
  private long streamTime;
  private long leap;
  private int leapers;

  /**
   * @param counted what this process has counted in all partitions, by outcome; it only grows
   */
  Ledger(ProcessingContext context, AtomicLongArray counted) {
    this.counted = counted;
    this.store = context.getStateStore(STORE);
    this.streamTime = stored(STREAM_TIME);
    for (Outcome outcome : OUTCOMES) {
      counts.set(outcome.ordinal(), stored(outcome.label()));
    }
  }

  /** The cache combines a transaction's changes of a count into one. */
  static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.Long())
        .withCachingEnabled();
  }

  long streamTime() {
    return streamTime;
  }

  /**
   * Advances stream time to a record's timestamp. Stream time never goes back. A step large enough
   * to expire everything that waits needs several such records in a row, and goes only to the
   * smallest of their timestamps. So a single wrong timestamp changes nothing.
   *
   * @param withinMillis how far a single record may advance it
   */
  void observe(long timestamp, long withinMillis) {
    if (timestamp - streamTime <= withinMillis) {
      leapers = 0;
      advance(timestamp);
      return;
    }
    leap = leapers == 0 ? timestamp : Math.min(leap, timestamp);
    if (++leapers == LEAPERS) {
      leapers = 0;
      advance(leap);
    }
  }

  private void advance(long timestamp) {
    if (timestamp > streamTime) {
      streamTime = timestamp;
      store.put(STREAM_TIME, timestamp);
    }
  }

  void count(Outcome outcome) {
    store.put(outcome.label(), counts.incrementAndGet(outcome.ordinal()));
    counted.incrementAndGet(outcome.ordinal());
  }

  long count(int outcome) {
    return counts.get(outcome);
  }

  private long stored(String key) {
    Long value = store.get(key);
    return value == null ? 0 : value;
  }
}
