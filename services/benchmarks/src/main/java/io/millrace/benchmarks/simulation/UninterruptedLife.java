package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.benchmarks.simulation.Journal.Deed;
import io.millrace.benchmarks.simulation.Journal.Mark;
import io.millrace.learning.Learner;
import io.millrace.learning.RoundCause;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * A learner that receives the records of a journal one by one, without topics, checkpoints and
 * crashes. In the end the trainer's learner must equal it.
 */
final class UninterruptedLife {
  private final RecordedStream stream;
  private final Plan plan;
  private final Learner learner;

  UninterruptedLife(RecordedStream stream, Plan plan, Learner learner) {
    this.stream = stream;
    this.plan = plan;
    this.learner = learner;
  }

  /** Processes everything in a journal. */
  void live(Journal journal) {
    Deque<Mark> marks = new ArrayDeque<>(journal.marks());
    int taken = journal.save().taken();
    for (int i = 0; i <= taken; i++) {
      while (!marks.isEmpty() && marks.getFirst().taken() == i) {
        act(marks.removeFirst().deed());
      }
      if (i < taken) {
        take(journal.taken()[i]);
      }
    }
  }

  /** Requires that another learner has reached the same state. */
  void requireSame(Learner other) {
    Invariant.RESUMED_RUN_EQUALS_UNINTERRUPTED_RUN.require(
        sha256(other).equals(sha256(learner))
            && other.progress().equals(learner.progress())
            && other.pending() == learner.pending(),
        "%s with crashes, %s without",
        other.progress(),
        learner.progress());
  }

  private void take(int entry) {
    boolean again = entry < 0;
    int record = again ? ~entry : entry;
    stream.write(record, learner.batch());
    learner.context().setTimeMillis(Plan.timeMillis(record));
    if (plan.isBad(record)) {
      if (!again) {
        learner.reject();
      }
    } else if (!learner.holdsOut(plan.holdoutHash(record))) {
      learner.train();
    } else if (!again) {
      learner.validate();
    }
  }

  private void act(Deed deed) {
    switch (deed) {
      case CUT, PASS_ENDS -> learner.flush();
      case RETRAIN_THESE_WEIGHTS -> learner.retrain(false);
      case RETRAIN_FIRST_WEIGHTS -> learner.retrain(true);
      case NEW_ROUND -> learner.newRound(RoundCause.SCHEDULE);
      case REWIND -> learner.rewound(true);
      case REWIND_ENDS -> {
        learner.flush();
        learner.rewound(false);
        learner.evaluateNow();
      }
    }
  }

  private static String sha256(Learner learner) {
    return HexFormat.of().formatHex(learner.parametersSha256());
  }
}
