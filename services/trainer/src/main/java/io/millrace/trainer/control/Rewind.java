package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import io.millrace.trainer.intake.RecordIntake;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * Rereads earlier records, once or several times, before new ones are read.
 *
 * <p>Every partition is read from its start up to the position of training, and held there until
 * all partitions have reached it. Then the next pass begins, or new records are read. So reread and
 * new records never share a mini-batch. Owned by the training thread.
 */
final class Rewind {
  private final SortedMap<Integer, Long> start;
  private final SortedMap<Integer, Long> until;
  private final RecordIntake intake;
  private final boolean[] held;
  private long passesLeft;
  private long heldOut;
  private boolean counts;

  /**
   * @param start by partition, the first offset to reread
   * @param until by partition, the first new offset
   */
  private Rewind(
      SortedMap<Integer, Long> start,
      SortedMap<Integer, Long> until,
      long passes,
      RecordIntake intake) {
    this.start = start;
    this.until = until;
    this.passesLeft = passes;
    this.intake = intake;
    this.held = new boolean[intake.partitions()];
  }

  static Rewind begin(
      SortedMap<Integer, Long> start,
      SortedMap<Integer, Long> until,
      long passes,
      RecordIntake intake) {
    Rewind rewind = new Rewind(start, until, passes, intake);
    rewind.counts = true;
    intake.rewind(start);
    return rewind;
  }

  /** Continues a saved rewind. The intake is at the checkpoint's position. */
  static Rewind restored(State state, RecordIntake intake) {
    Rewind rewind =
        new Rewind(
            Offsets.map(state.integers("start")),
            Offsets.map(state.integers("until")),
            state.integer("passes_left"),
            intake);
    rewind.heldOut = state.integer("held_out");
    rewind.counts = state.flag("counts");
    intake.rewind(intake.position());
    return rewind;
  }

  void save(State state) {
    state.put("start", Offsets.array(start));
    state.put("until", Offsets.array(until));
    state.put("passes_left", passesLeft);
    state.put("held_out", heldOut);
    state.put("counts", counts);
  }

  /** Returns whether a record is part of the rewind. New records follow later. */
  boolean covers(int partition, long offset) {
    return offset < end(partition);
  }

  /** Counts a held-out record. */
  void countHeldOut() {
    if (counts) {
      heldOut++;
    }
  }

  /** Returns how many of the reread records are held out. */
  long heldOut() {
    return heldOut;
  }

  /**
   * Holds the partitions that reached their end. Returns whether the pass ended. Must be called
   * after a poll.
   */
  boolean hasEndedPass() {
    boolean all = true;
    for (int partition = 0; partition < held.length; partition++) {
      if (!held[partition] && intake.fetchPosition(partition) >= end(partition)) {
        held[partition] = true;
        intake.hold(partition, end(partition));
      }
      all &= held[partition];
    }
    return all;
  }

  /**
   * Begins the next pass and returns true, or releases the intake for new records and returns
   * false.
   */
  boolean goesOn() {
    counts = false;
    if (--passesLeft <= 0) {
      intake.release();
      return false;
    }
    Arrays.fill(held, false);
    intake.rewind(start);
    return true;
  }

  private long end(int partition) {
    return until.getOrDefault(partition, 0L);
  }
}
