package io.millrace.learning.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What a record says besides features and labels: its time, its group, and the values that metrics
 * are sliced by. A decoder writes it before the record is trained or validated. Owned by one
 * thread.
 */
public final class RecordContext {
  private final @Nullable String[] slices;
  private long timeMillis;
  private long group;

  public RecordContext(int slices) {
    this.slices = new String[slices];
  }

  /** Returns the record's time in milliseconds since the epoch. */
  public long timeMillis() {
    return timeMillis;
  }

  public void setTimeMillis(long millis) {
    timeMillis = millis;
  }

  /** Returns a hash of the record's group, such as a user. */
  public long group() {
    return group;
  }

  public void setGroup(long hash) {
    group = hash;
  }

  /** Returns how many slices the metrics have. */
  public int slices() {
    return slices.length;
  }

  /** Sets the value of a slice; {@code null} if the record has none. */
  public void setSlice(int index, @Nullable String value) {
    slices[index] = value;
  }

  public @Nullable String slice(int index) {
    return slices[index];
  }
}
