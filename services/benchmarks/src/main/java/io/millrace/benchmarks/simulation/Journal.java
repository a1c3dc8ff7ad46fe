package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.simulation.Course.End;
import io.millrace.learning.Learner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outcome of every record, in order, as seen from outside: from the learner's counts between
 * two records. A crash removes everything that no checkpoint covers.
 */
final class Journal {
  private static final byte NONE = 0;
  private static final byte TRAINED = 1;
  private static final byte VALIDATED = 2;
  private static final byte REJECTED = 4;

  private final Plan plan;
  private final byte[] fates;
  private final byte[] everFates;
  private final List<Mark> marks = new ArrayList<>();
  private int[] taken;
  private int[] validated;
  private Saved now = new Saved(new Course(), 0, 0, 0, 0, 0, 0);
  private int open = -1;
  private long learnedBefore;
  private long othersBefore;

  Journal(int records, Plan plan) {
    this.plan = plan;
    fates = new byte[records];
    everFates = new byte[records];
    taken = new int[records];
    validated = new int[records];
  }

  /** The actions between records. */
  enum Deed {
    /** The mini-batch is trained even if it is not full. */
    CUT,
    RETRAIN_THESE_WEIGHTS,
    RETRAIN_FIRST_WEIGHTS,
    NEW_ROUND,
    REWIND,
    PASS_ENDS,
    REWIND_ENDS
  }

  /**
   * An action, and its position among the records.
   *
   * @param taken the number of records before it, including rewound ones
   */
  record Mark(int taken, Deed deed) {}

  /**
   * The totals at one moment.
   *
   * @param taken all records, including rewound ones
   * @param trained new records that were trained or scored
   * @param validated new records that were held out
   * @param rejected new records that were rejected
   * @param again rewound records that were trained
   */
  record Saved(
      Course course, int taken, int trained, int validated, int rejected, long again, int marks) {}

  Course course() {
    return now.course();
  }

  /** Returns the totals. Must be called while no record is being processed. */
  Saved save() {
    return new Saved(
        now.course().copy(),
        now.taken(),
        now.trained(),
        now.validated(),
        now.rejected(),
        now.again(),
        marks.size());
  }

  /** Removes everything since the saved moment. */
  void goBack(Saved saved) {
    for (int i = saved.taken(); i < now.taken(); i++) {
      if (taken[i] >= 0) {
        fates[taken[i]] = NONE;
      }
    }
    marks.subList(saved.marks(), marks.size()).clear();
    now = saved;
    now = save();
    open = -1;
  }

  /** Begins to watch a record that was read. Its outcome is known when the next one is read. */
  void begin(int record, Learner learner) {
    settle(learner);
    open = record;
    learnedBefore = learned(learner);
    othersBefore = others(learner);
  }

  /** Determines the outcome of the record that was read last. */
  void settle(Learner learner) {
    if (open < 0) {
      return;
    }
    int record = open;
    open = -1;
    boolean again = now.course().isRewinding();
    byte due = due(record, learner);
    byte fate = fate(record, learned(learner) - learnedBefore, others(learner) - othersBefore);
    byte expected = again && due != TRAINED ? NONE : due;
    everFates[record] |= fate;
    Invariant.NO_RECORD_BOTH_TRAINED_AND_VALIDATED.require(
        (everFates[record] & (TRAINED | VALIDATED)) != (TRAINED | VALIDATED),
        "record %d is on both sides",
        record);
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        fate == expected && (fates[record] != NONE) == again,
        "record %d has fate %d, not %d; before: %d, rewinding: %s",
        record,
        fate,
        expected,
        fates[record],
        again);
    note(record, fate, again);
  }

  /** Adds an action between two records. */
  void did(Deed deed) {
    marks.add(new Mark(now.taken(), deed));
  }

  /** Rewinds the course. */
  void rewind(int[] start, int passes) {
    did(Deed.REWIND);
    did(now.course().rewind(start, passes));
  }

  /** Returns the number of held-out records from offsets on. */
  int validatedFrom(int[] start) {
    int count = 0;
    for (int partition = 0; partition < Plan.PARTITIONS; partition++) {
      count += count(partition, start[partition], VALIDATED);
    }
    return count;
  }

  /** Returns how many new records were trained or scored before offsets. */
  int learnedBefore(int[] start) {
    int count = now.trained();
    for (int partition = 0; partition < Plan.PARTITIONS; partition++) {
      count -= count(partition, start[partition], TRAINED);
    }
    return count;
  }

  /** Returns the held-out records, in order. {@link Saved} has their number. */
  int[] validated() {
    return validated;
  }

  /** Returns the processed records, in order. Rewound ones are stored as bitwise complements. */
  int[] taken() {
    return taken;
  }

  List<Mark> marks() {
    return marks;
  }

  private void note(int record, byte fate, boolean again) {
    if (now.taken() == taken.length) {
      taken = Arrays.copyOf(taken, taken.length * 3 / 2 + 1);
    }
    taken[now.taken()] = again ? ~record : record;
    if (!again) {
      fates[record] = fate;
    }
    if (fate == VALIDATED) {
      validated[now.validated()] = record;
    }
    now =
        new Saved(
            now.course(),
            now.taken() + 1,
            now.trained() + (fate == TRAINED && !again ? 1 : 0),
            now.validated() + (fate == VALIDATED ? 1 : 0),
            now.rejected() + (fate == REJECTED ? 1 : 0),
            now.again() + (fate == TRAINED && again ? 1 : 0),
            0);
    did(now.course().read(record));
  }

  private void did(End end) {
    switch (end) {
      case NOTHING -> {}
      case PASS -> did(Deed.PASS_ENDS);
      case REWIND -> did(Deed.REWIND_ENDS);
    }
  }

  private int count(int partition, int from, byte fate) {
    int count = 0;
    for (int offset = from; offset < now.course().unread(partition); offset++) {
      count += fates[Plan.record(partition, offset)] == fate ? 1 : 0;
    }
    return count;
  }

  private byte due(int record, Learner learner) {
    if (plan.isBad(record)) {
      return REJECTED;
    }
    return learner.holdsOut(plan.holdoutHash(record)) ? VALIDATED : TRAINED;
  }

  private byte fate(int record, long learned, long others) {
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        learned >= 0 && others >= 0 && learned + others <= 1,
        "record %d is learned from %d times, and dealt with otherwise %d times",
        record,
        learned,
        others);
    if (learned == 1) {
      return TRAINED;
    }
    return others == 0 ? NONE : plan.isBad(record) ? REJECTED : VALIDATED;
  }

  private static long learned(Learner learner) {
    return learner.learnedFrom() + learner.learnedAgain() + learner.pending();
  }

  private static long others(Learner learner) {
    return learner.consumed() - learner.learnedFrom();
  }
}
