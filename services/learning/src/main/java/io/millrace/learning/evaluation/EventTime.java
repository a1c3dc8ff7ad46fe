package io.millrace.learning.evaluation;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * What time it is by the records: the median of the newest {@value #NEWEST} timestamps.
 *
 * <p>Anybody may have written a timestamp, and one that lies far ahead must not make all others old
 * for ever. So the newest does not rule, a few wrong ones change nothing, and time goes back where
 * most were wrong; it follows a stream that was silent after half as many records. It depends on
 * the records alone. Owned by one thread.
 */
public final class EventTime {
  /** Before the first timestamp. */
  public static final long NONE = -1;

  private static final int NEWEST = 31;

  private final long[] newest = new long[NEWEST];
  private final long[] ordered = new long[NEWEST];
  private long count;
  private long now = NONE;
  private boolean isKnown = true;

  /** Takes the timestamp of a record; one below zero is Kafka's word for none. */
  public void happened(long timeMillis) {
    if (timeMillis >= 0) {
      newest[(int) (count++ % NEWEST)] = timeMillis;
      isKnown = false;
    }
  }

  /** Returns the time in milliseconds since the epoch, or {@link #NONE}. */
  public long now() {
    if (!isKnown) {
      int size = (int) Math.min(count, NEWEST);
      System.arraycopy(newest, 0, ordered, 0, size);
      Arrays.sort(ordered, 0, size);
      now = ordered[(size - 1) / 2];
      isKnown = true;
    }
    return now;
  }

  /** Returns when a record of that timestamp happened: none happens later than now. */
  public long of(long timeMillis) {
    return timeMillis < 0 ? now() : Math.min(timeMillis, now());
  }

  public void save(State state) {
    int size = (int) Math.min(count, NEWEST);
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      times[i] = newest[(int) ((count - size + i) % NEWEST)];
    }
    state.put("times", times);
  }

  /** Takes the timestamps of a saved one; earlier checkpoints have one, the newest. */
  public void restore(State state) {
    count = 0;
    now = NONE;
    long[] times =
        state.has("times") ? state.integers("times") : new long[] {state.integer("newest_time")};
    for (long time : times) {
      happened(time);
    }
  }
}
