package io.millrace.learning;

import io.millrace.learning.state.State;

/**
 * The newest held-out records: what the model is judged by and never trained on.
 *
 * <p>Records are numbered in the order of their arrival, from 0 on; the window holds those from
 * {@link #oldest} to before {@link #end}. Features are kept as they came, since the statistics that
 * standardize them move. Owned by one thread.
 */
final class RollingWindow {
  private final Rows rows;
  private long end;

  RollingWindow(int capacity, int[] inputWidths, int[] targetWidths) {
    rows = new Rows(capacity, inputWidths, targetWidths);
  }

  int capacity() {
    return rows.capacity();
  }

  int size() {
    return rows.size();
  }

  /** Returns the number of the oldest record in the window. */
  long oldest() {
    return end - rows.size();
  }

  /** Returns the number that the next record will have. */
  long end() {
    return end;
  }

  /** Takes a row of {@code source}; the oldest record leaves when the window is full. */
  void add(Rows source, int row) {
    rows.copyRow(source, row, slot(end++));
    if (!rows.isFull()) {
      rows.advance();
    }
  }

  /** Copies {@code count} records from number {@code from} on into {@code target}. */
  void copyTo(Rows target, long from, int count) {
    for (int i = 0; i < count; i++) {
      target.copyRow(rows, slot(from + i), i);
    }
    target.resize(count);
  }

  /** Returns where values kept beside the window's records belong for record {@code number}. */
  int slot(long number) {
    return (int) (number % rows.capacity());
  }

  void save(State state) {
    Rows ordered = new Rows(rows.size(), rows.inputWidths(), rows.targetWidths());
    copyTo(ordered, oldest(), rows.size());
    state.put("end", end);
    ordered.save(state);
  }

  /** Restores the records, the newest of them where this window is smaller than the saved one. */
  void restore(State state) {
    Rows saved = Rows.restored(state, rows.inputWidths(), rows.targetWidths());
    int kept = Math.min(saved.capacity(), rows.capacity());
    end = state.integer("end") - kept;
    rows.clear();
    for (int row = saved.capacity() - kept; row < saved.capacity(); row++) {
      add(saved, row);
    }
  }
}
