package io.millrace.learning.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What a record tells besides features and labels: when it happened, what it belongs to, and the
 * values that metrics are sliced by. Whoever decodes the next record writes here before it is
 * trained or validated. Owned by one thread.
 */
public final class RecordContext {
  private final @Nullable String[] slices;
  private long timeMillis;
  private long group;

  public RecordContext(int slices) {
    this.slices = new String[slices];
  }

  /** Returns when the record happened, in milliseconds since the epoch. */
  public long timeMillis() {
    return timeMillis;
  }

  public void setTimeMillis(long millis) {
    timeMillis = millis;
  }

  /** Returns a hash of what the record belongs to, such as a user. */
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

  /** Sets the value of a slice; {@code null} where the record has none. */
  public void setSlice(int index, @Nullable String value) {
    slices[index] = value;
  }

  public @Nullable String slice(int index) {
    return slices[index];
  }
}
