package io.millrace.joiner.joining;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records ended how, over the whole life of the partitions that this process joins now. It
 * includes what the transaction that is open has counted. Safe for any thread.
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
    ledgers.remove(partition, ledger); // unless another has taken its place
  }
}
