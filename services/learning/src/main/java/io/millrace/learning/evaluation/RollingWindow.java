package io.millrace.learning.evaluation;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.state.State;

/**
 * The newest held-out records. The model is evaluated on them and never trained on them.
 *
 * <p>Records are numbered in the order of arrival, from 0. The window holds the numbers [{@link
 * #oldest}, {@link #end}): as many as fit, without those that are too old. It keeps features before
 * preprocessing, because the statistics that standardize them change. Owned by one thread.
 */
public final class RollingWindow {
  private final ExampleBatch rows;
  private final long[] times;
  private final int[][] slices;
  private long oldest;
  private long end;

  /** Makes a window of records without times and slices. */
  public RollingWindow(int capacity, int[] inputWidths, int[] targetWidths) {
    this(capacity, inputWidths, targetWidths, 0);
  }

  /**
   * @param slices slice numbers of each record
   */
  public RollingWindow(int capacity, int[] inputWidths, int[] targetWidths, int slices) {
    rows = new ExampleBatch(capacity, inputWidths, targetWidths);
    times = new long[capacity];
    this.slices = new int[slices][capacity];
  }

  public int capacity() {
    return rows.capacity();
  }

  public int size() {
    return (int) (end - oldest);
  }

  /** Returns the number of the oldest record in the window. */
  public long oldest() {
    return oldest;
  }

  /** Returns the number that the next record will have. */
  public long end() {
    return end;
  }

  /** Adds a row of {@code source}; if the window is full, the oldest record leaves. */
  public void add(ExampleBatch source, int row) {
    add(source, row, 0);
  }

  /** Adds a row of {@code source} with its time. */
  public void add(ExampleBatch source, int row, long timeMillis) {
    int slot = slot(end++);
    rows.copyRow(source, row, slot);
    times[slot] = timeMillis;
    oldest = Math.max(oldest, end - capacity());
  }

  /** Sets the newest record's number in a slice. */
  public void setSlice(int slice, int number) {
    slices[slice][slot(end - 1)] = number;
  }

  /** Returns whether a record has this number in a slice. */
  boolean isInSlice(long record, int slice, int number) {
    return slices[slice][slot(record)] == number;
  }

  /**
   * Removes the oldest records whose time is more than {@code spanMillis} before or after now. A
   * time that far ahead is wrong, and would keep all later records.
   */
  public void expire(long nowMillis, long spanMillis) {
    while (oldest < end && Math.abs(nowMillis - times[slot(oldest)]) > spanMillis) {
      oldest++;
    }
  }

  /** Returns the targets of an output, by slot: {@code [capacity, targetWidth]}. */
  float[] targets(int output) {
    return rows.target(output);
  }

  /** Copies {@code count} records from number {@code from} on to {@code target}. */
  public void copyTo(ExampleBatch target, long from, int count) {
    for (int i = 0; i < count; i++) {
      target.copyRow(rows, slot(from + i), i);
    }
    target.resize(count);
  }

  /** Copies one record to row {@code to} of {@code target}. */
  void copyRow(long record, ExampleBatch target, int to) {
    target.copyRow(rows, slot(record), to);
  }

  /** Returns the slot of record {@code number} in arrays kept beside the window. */
  int slot(long number) {
    return (int) (number % rows.capacity());
  }

  public void save(State state) {
    ExampleBatch ordered = new ExampleBatch(size(), rows.inputWidths(), rows.targetWidths());
    copyTo(ordered, oldest, size());
    state.put("end", end);
    ordered.save(state);
    state.put("times", inOrder(times));
    for (int i = 0; i < slices.length; i++) {
      long[] numbers = new long[size()];
      for (int row = 0; row < numbers.length; row++) {
        numbers[row] = slices[i][slot(oldest + row)];
      }
      state.put("slice_" + i, numbers);
    }
  }

  /** Restores the records, only the newest ones if this window is smaller than the saved one. */
  public void restore(State state) {
    ExampleBatch saved = ExampleBatch.restored(state, rows.inputWidths(), rows.targetWidths());
    long[] savedTimes = state.has("times") ? state.integers("times") : new long[saved.capacity()];
    int kept = Math.min(saved.capacity(), rows.capacity());
    end = state.integer("end") - kept;
    oldest = end;
    for (int row = saved.capacity() - kept; row < saved.capacity(); row++) {
      add(saved, row, savedTimes[row]);
    }
    for (int i = 0; i < slices.length && state.has("slice_" + i); i++) {
      long[] numbers = state.integers("slice_" + i);
      for (int row = 0; row < kept; row++) {
        slices[i][slot(oldest + row)] = (int) numbers[numbers.length - kept + row];
      }
    }
  }

  private long[] inOrder(long[] values) {
    long[] ordered = new long[size()];
    for (int row = 0; row < ordered.length; row++) {
      ordered[row] = values[slot(oldest + row)];
    }
    return ordered;
  }
}
