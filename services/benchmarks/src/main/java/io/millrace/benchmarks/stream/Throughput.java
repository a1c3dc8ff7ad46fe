package io.millrace.benchmarks.stream;

import java.util.Arrays;
import java.util.Locale;

/**
 * The measurement between two moments of a run.
 *
 * @param processorSeconds the processor time of the training thread, and of the thread that writes
 *     for TensorBoard where there is one
 * @param samples how often each activity was seen, in the order of {@link Activity}
 */
record Throughput(long records, double seconds, double processorSeconds, int[] samples) {

  double recordsPerSecond() {
    return records / seconds;
  }

  double recordsPerProcessorSecond() {
    return records / processorSeconds;
  }

  /** Returns an activity's share of the training thread's time, from 0 to 1. */
  double share(Activity activity) {
    return (double) samples[activity.ordinal()] / Math.max(1, Arrays.stream(samples).sum());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "records_per_second=%.0f", recordsPerSecond()));
    for (Activity activity : Activity.values()) {
      text.append(String.format(Locale.ROOT, " %s=%.1f%%", activity, 100 * share(activity)));
    }
    return text.toString();
  }
}
