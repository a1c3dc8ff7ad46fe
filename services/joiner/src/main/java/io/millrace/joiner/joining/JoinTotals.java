package io.millrace.joiner.joining;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The number of records by outcome, over the whole life of the partitions that are now assigned to
 * this process. It includes the open transaction. Safe for any thread.
 */
public final class JoinTotals {
  private final Map<Integer, Ledger> ledgers = new ConcurrentHashMap<>();
  private final AtomicLongArray counted = new AtomicLongArray(Outcome.values().length);

  /** Returns the sum over the partitions. */
  public long of(Outcome outcome) {
    return ledgers.values().stream().mapToLong(ledger -> ledger.count(outcome.ordinal())).sum();
  }

  /**
   * Returns how many records this process has counted since its start, those of transactions that
   * were aborted included. It only grows.
   */
  public long countedHere(Outcome outcome) {
    return counted.get(outcome.ordinal());
  }

  AtomicLongArray counted() {
    return counted;
  }

  void opened(int partition, Ledger ledger) {
    ledgers.put(partition, ledger);
  }

  void closed(int partition, Ledger ledger) {
    ledgers.remove(partition, ledger); // unless another one has replaced it
  }
}
