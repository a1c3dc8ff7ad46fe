package io.millrace.cli.status;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dead letters that no replay has handled.
 *
 * @param byReason how many were counted, by reason
 * @param complete whether all were counted; otherwise there are more
 */
record Letters(Map<String, Long> byReason, boolean complete) {
  Letters {
    byReason = Collections.unmodifiableMap(new TreeMap<>(byReason));
  }

  long counted() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
