package io.millrace.runtime.lifecycle;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process is live and ready, and if not, why.
 *
 * <p>It is ready while nothing stands against it. It is live until it has failed; a failure is
 * final. Safe for any thread.
 */
public final class Health {
  private final Map<String, String> reasons = new ConcurrentSkipListMap<>();
  private final Map<String, String> remarks = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  /** Reports that {@code part} is not ready, and why, in words for an operator. */
  public void notReady(String part, String reason) {
    reasons.put(part, reason);
    remarks.remove(part);
  }

  /** Reports something about {@code part} that an operator should know, although work goes on. */
  public void remark(String part, String text) {
    remarks.put(part, text);
  }

  /** Withdraws every report about {@code part}. */
  public void ready(String part) {
    reasons.remove(part);
    remarks.remove(part);
  }

  /** Reports that {@code part} has failed: this process is no longer live. */
  public void failed(String part, String reason) {
    notReady(part, reason);
    failure.compareAndSet(null, part + ": " + reason);
  }

  /** Returns, by part, why this process is not ready; empty if it is ready. */
  public Map<String, String> reasonsAgainstReadiness() {
    return Map.copyOf(reasons);
  }

  /** Returns the remarks for operators by part. */
  public Map<String, String> remarks() {
    return Map.copyOf(remarks);
  }

  /** Returns why this process is not live; empty if it is live. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }
}
