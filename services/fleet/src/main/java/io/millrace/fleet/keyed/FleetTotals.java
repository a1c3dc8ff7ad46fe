package io.millrace.fleet.keyed;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What this process has done, and the models of the partitions it has now. Safe for any thread. */
public final class FleetTotals {
  private final Map<Integer, Ledger> partitions = new ConcurrentHashMap<>();
  private final LongAdder[] counts = new LongAdder[Count.values().length];

  /** What is counted. */
  public enum Count {
    /** Records that went into a mini-batch. */
    LEARNED,

    /** Records that went to a validation window. */
    HELD_OUT,

    /** Records that went to the dead letters. */
    REJECTED,

    /** Mini-batches that were learned. */
    BATCHES,

    /** Models that began with the template. */
    CREATED,

    /** Models that were given up because their key was idle. */
    AGED_OUT
  }

  public FleetTotals() {
    Arrays.setAll(counts, count -> new LongAdder());
  }

  /** Returns how often something happened in this process. */
  public long of(Count count) {
    return counts[count.ordinal()].sum();
  }

  /** Returns how many models the partitions of this process have. */
  public long models() {
    return partitions.values().stream().mapToLong(Ledger::models).sum();
  }

  void add(Count count, long number) {
    counts[count.ordinal()].add(number);
  }

  void opened(int partition, Ledger ledger) {
    partitions.put(partition, ledger);
  }

  void closed(int partition, Ledger ledger) {
    partitions.remove(partition, ledger);
  }
}
