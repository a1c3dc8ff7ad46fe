package io.millrace.joiner.joining;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The valid examples of one partition, by key, with an index by expiry. An index key is the expiry,
 * big-endian, followed by the example's key, so that expired examples are a range at the beginning
 * of the index. Both are state stores of the task and change together in its transaction. Confined
 * to the task's thread.
 */
final class Examples {
  static final String ENTRIES = "entries";
  static final String EXPIRIES = "expiries";

  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> entries;
  private final KeyValueStore<Bytes, byte[]> expiries;

  /** The index is empty before this time. Searches start here to avoid scanning deleted entries. */
  private long beginning;

  Examples(ProcessingContext context) {
    this.entries = context.getStateStore(ENTRIES);
    this.expiries = context.getStateStore(EXPIRIES);
  }

  static Set<StoreBuilder<?>> stores() {
    return Set.of(store(ENTRIES), store(EXPIRIES));
  }

  @Nullable Entry find(Bytes key) {
    byte[] bytes = entries.get(key);
    return bytes == null ? null : Entry.read(bytes);
  }

  void add(Bytes key, Entry entry) {
    entries.put(key, entry.write());
    expiries.put(indexKey(entry.expiry(), key), NOTHING);
  }

  void remove(Bytes key, Entry entry) {
    entries.delete(key);
    expiries.delete(indexKey(entry.expiry(), key));
  }

  /**
   * Returns the keys of up to {@code limit} examples whose expiry is before {@code now}, earliest
   * first.
   */
  List<Bytes> expired(long now, int limit) {
    List<Bytes> keys = new ArrayList<>();
    long last = now;
    try (KeyValueIterator<Bytes, byte[]> range =
        expiries.range(indexKey(beginning, null), indexKey(now, null))) {
      while (range.hasNext() && keys.size() < limit) {
        KeyValue<Bytes, byte[]> next = range.next();
        ByteBuffer indexKey = ByteBuffer.wrap(next.key.get());
        last = indexKey.getLong();
        if (last < now) {
          byte[] key = new byte[indexKey.remaining()];
          indexKey.get(key);
          keys.add(Bytes.wrap(key));
        }
      }
    }
    beginning = keys.size() < limit ? now : last;
    return keys;
  }

  private static Bytes indexKey(long expiry, @Nullable Bytes key) {
    byte[] bytes = key == null ? NOTHING : key.get();
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(expiry).put(bytes).array());
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }
}
