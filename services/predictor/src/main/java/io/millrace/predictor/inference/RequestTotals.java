package io.millrace.predictor.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the requests of all models come to, since the start. Confined to one thread. */
public final class RequestTotals {
  private final Map<GrpcStatus, Long> requests = new EnumMap<>(GrpcStatus.class);
  private final Times queue = new Times();
  private final Times compute = new Times();

  /** Returns how many requests ended with each status that occurred. */
  public Map<GrpcStatus, Long> requests() {
    return requests;
  }

  /** Returns the times that requests waited. */
  public Times queue() {
    return queue;
  }

  /** Returns the times that rows inferred together took. */
  public Times compute() {
    return compute;
  }

  void add(Counter[] ended, Timer waiting, Timer computing) {
    for (GrpcStatus status : GrpcStatus.values()) {
      long count = (long) ended[status.ordinal()].count();
      if (count > 0) {
        requests.merge(status, count, Long::sum);
      }
    }
    queue.add(waiting);
    compute.add(computing);
  }

  /** Times of several timers together, in seconds. */
  public static final class Times {
    private long count;
    private double total;
    private double max;

    /** Returns the mean; NaN if there was none. */
    public double mean() {
      return total / count;
    }

    /** Returns the longest of the last minutes. */
    public double max() {
      return max;
    }

    private void add(Timer timer) {
      count += timer.count();
      total += timer.totalTime(TimeUnit.SECONDS);
      max = Math.max(max, timer.max(TimeUnit.SECONDS));
    }
  }
}
