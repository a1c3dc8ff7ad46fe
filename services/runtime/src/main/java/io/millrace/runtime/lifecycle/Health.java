package io.millrace.runtime.lifecycle;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process is alive, and whether it is ready for work; if not, why.
 *
 * <p>It is ready while nobody gives a reason against it. It is alive until it has failed, and a
 * failure is for good. Safe for any thread.
 */
public final class Health {
  private final Map<String, String> reasons = new ConcurrentSkipListMap<>();
  private final Map<String, String> remarks = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  /** Says that {@code part} stands against readiness, and why, in words for an operator. */
  public void notReady(String part, String reason) {
    reasons.put(part, reason);
  }

  /** Says something of {@code part} that an operator should know, although work goes on. */
  public void remark(String part, String text) {
    remarks.put(part, text);
  }

  /** Says that {@code part} no longer stands against readiness, and that all is well with it. */
  public void ready(String part) {
    reasons.remove(part);
    remarks.remove(part);
  }

  /** Says that {@code part} has failed: this process is no longer alive. */
  public void failed(String part, String reason) {
    notReady(part, reason);
    failure.compareAndSet(null, part + ": " + reason);
  }

  /** Returns, by part, why this process is not ready; empty while it is. */
  public Map<String, String> reasonsAgainstReadiness() {
    return Map.copyOf(reasons);
  }

  /** Returns, by part, what an operator should know besides. */
  public Map<String, String> remarks() {
    return Map.copyOf(remarks);
  }

  /** Returns why this process is not alive; empty while it is. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }
}
