package io.millrace.benchmarks.serving;

import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The outcomes of the calls in a period. Any thread may count. */
final class Measured {
  private static final int OK = 0;
  private static final int RESOURCE_EXHAUSTED = 8;

  private final Histogram answered = new ConcurrentHistogram(3);
  private final Histogram refused = new ConcurrentHistogram(3);
  private final Histogram failed = new ConcurrentHistogram(1);

  private final long startNanos = System.nanoTime();
  private long answeredUntilEnd;
  private double seconds;

  /** Ends the period of {@link #perSecond}. Calls in flight are still counted. */
  void end() {
    seconds = (System.nanoTime() - startNanos) / 1e9;
    answeredUntilEnd = answered();
  }

  double perSecond() {
    return answeredUntilEnd / seconds;
  }

  void count(int status, long nanos) {
    Histogram histogram = status == OK ? answered : status == RESOURCE_EXHAUSTED ? refused : failed;
    histogram.recordValue(Math.max(0, nanos));
  }

  void add(Measured other) {
    answered.add(other.answered);
    refused.add(other.refused);
    failed.add(other.failed);
  }

  long answered() {
    return answered.getTotalCount();
  }

  long refused() {
    return refused.getTotalCount();
  }

  /** Returns how many ended in any other way. */
  long failed() {
    return failed.getTotalCount();
  }

  double answeredMicros(double percentile) {
    return answered.getValueAtPercentile(percentile) / 1e3;
  }

  double refusedMicros(double percentile) {
    return refused.getValueAtPercentile(percentile) / 1e3;
  }

  /** Returns the latencies of answered calls in microseconds, for display. */
  String latencies() {
    return String.format(
        Locale.ROOT,
        "p50_us=%.0f p99_us=%.0f p999_us=%.0f max_us=%.0f",
        answeredMicros(50),
        answeredMicros(99),
        answeredMicros(99.9),
        answeredMicros(100));
  }
}
