package io.millrace.learning.evaluation;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * The time by the records: the median of the newest {@value #NEWEST} timestamps.
 *
 * <p>Anybody can write a timestamp, and one far in the future must not make all other records old
 * for ever. With the median, a few wrong timestamps change nothing. If most were wrong, time goes
 * back later. After a silence of the stream, time catches up after half that number of records. It
 * depends on the records alone. Owned by one thread.
 */
public final class EventTime {
  /** The time before the first timestamp. */
  public static final long NONE = -1;

  private static final int NEWEST = 31;

  private final long[] newest = new long[NEWEST];
  private final long[] ordered = new long[NEWEST];
  private long count;
  private long now = NONE;
  private boolean isKnown = true;

  /** Adds the timestamp of a record; Kafka writes a negative one for none. */
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

  /** Returns the event time of a record with this timestamp, at most now. */
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

  /** Restores saved timestamps; older checkpoints have only the newest one. */
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
