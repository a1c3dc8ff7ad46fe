package io.millrace.fleet.keyed;

import io.millrace.learning.evaluation.EventTime;
import io.millrace.learning.state.State;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a partition knows besides its models: how many there are, and the event time, which decides
 * on idle keys. Both are state, and change in the transaction of the records that change them.
 * Written by the partition's thread; any thread may read the number.
 */
final class Ledger {
  private static final String STORE = "ledger";
  private static final String MODELS = "models";
  private static final String TIMES = "times";

  private final KeyValueStore<String, byte[]> store;
  private final EventTime time = new EventTime();
  private volatile long models;

  Ledger(ProcessingContext context) {
    store = context.getStateStore(STORE);
    byte[] counted = store.get(MODELS);
    models = counted == null ? 0 : ByteBuffer.wrap(counted).getLong();
    byte[] times = store.get(TIMES);
    if (times != null) {
      long[] newest = new long[times.length / Long.BYTES];
      ByteBuffer.wrap(times).asLongBuffer().get(newest);
      State state = new State();
      state.put(TIMES, newest);
      time.restore(state);
    }
  }

  /** The cache combines a transaction's changes into one. */
  static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  long models() {
    return models;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // written by one thread
  void count(int change) {
    models += change;
    store.put(MODELS, ByteBuffer.allocate(Long.BYTES).putLong(models).array());
  }

  /** Advances event time by a record's timestamp, and returns it. */
  long observe(long timeMillis) {
    time.happened(timeMillis);
    State state = new State();
    time.save(state);
    long[] newest = state.integers(TIMES);
    ByteBuffer bytes = ByteBuffer.allocate(newest.length * Long.BYTES);
    bytes.asLongBuffer().put(newest);
    store.put(TIMES, bytes.array());
    return time.now();
  }

  /** Returns the event time in milliseconds; {@link EventTime#NONE} before the first record. */
  long now() {
    return time.now();
  }
}
