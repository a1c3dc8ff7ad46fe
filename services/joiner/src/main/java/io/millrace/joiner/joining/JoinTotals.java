package io.millrace.joiner.joining;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The number of records by outcome, over the whole life of the partitions that are now assigned to
 * this process. It includes the open transaction. Safe for any thread.
 */
public final class JoinTotals {
  private final Map<Integer, Ledger> ledgers = new ConcurrentHashMap<>();

  /** Returns the sum over the partitions. */
  public long of(Outcome outcome) {
    return ledgers.values().stream().mapToLong(ledger -> ledger.count(outcome.ordinal())).sum();
  }

  void opened(int partition, Ledger ledger) {
    ledgers.put(partition, ledger);
  }

  void closed(int partition, Ledger ledger) {
    ledgers.remove(partition, ledger); // unless another one has replaced it
  }
}
