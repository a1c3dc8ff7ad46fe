package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A log of recent stream positions, one for every {@value #EVERY} records. It converts a record
 * count of the learner back to offsets. Owned by the training thread.
 */
final class PositionLog {
  private static final int EVERY = 64;
  private static final int MOST = 512;

  private record Entry(long records, SortedMap<Integer, Long> position) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Returns whether enough records have passed for the next entry. */
  boolean isDue(long records) {
    return entries.isEmpty() || records - entries.getLast().records() >= EVERY;
  }

  /**
   * Adds the current position.
   *
   * @param records how many records were learned from or scored
   */
  void note(long records, SortedMap<Integer, Long> position) {
    entries.addLast(new Entry(records, position));
    if (entries.size() > MOST) {
      entries.removeFirst();
    }
  }

  /** Returns the newest logged position at or before that many records, else the oldest one. */
  Optional<SortedMap<Integer, Long>> before(long records) {
    Entry found = entries.peekFirst();
    for (Entry entry : entries) {
      if (entry.records() <= records) {
        found = entry;
      }
    }
    return Optional.ofNullable(found).map(Entry::position);
  }

  void save(State state) {
    long[] records = entries.stream().mapToLong(Entry::records).toArray();
    long[][] positions =
        entries.stream().map(entry -> Offsets.array(entry.position())).toArray(long[][]::new);
    state.put("records", records);
    state.put("widths", Arrays.stream(positions).mapToLong(position -> position.length).toArray());
    state.put("offsets", Arrays.stream(positions).flatMapToLong(Arrays::stream).toArray());
  }

  void restore(State state) {
    entries.clear();
    long[] records = state.integers("records");
    long[] widths = state.integers("widths");
    long[] offsets = state.integers("offsets");
    int from = 0;
    for (int number = 0; number < records.length; number++) {
      int to = from + (int) widths[number];
      entries.addLast(
          new Entry(records[number], Offsets.map(Arrays.copyOfRange(offsets, from, to))));
      from = to;
    }
  }
}
