package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.learning.Learner;
import java.util.HexFormat;

/** A learner on its way through the records of a plan, from a position on. */
final class Life {
  private final RecordedStream stream;
  private final Plan plan;
  private final Learner learner;
  private int position;
  private int commandedUpTo;

  Life(RecordedStream stream, Plan plan, Learner learner) {
    this.stream = stream;
    this.plan = plan;
    this.learner = learner;
  }

  /** Goes on where another life was saved; between two mini-batches. */
  void goOnAt(int record, int commandsDoneUpTo) {
    position = record;
    commandedUpTo = commandsDoneUpTo;
  }

  Learner learner() {
    return learner;
  }

  int position() {
    return position;
  }

  int commandedUpTo() {
    return commandedUpTo;
  }

  boolean hasEnded() {
    return position == stream.size();
  }

  /** Deals with the next record; a command takes effect between two mini-batches. */
  void next(Fates fates) {
    if (learner.pending() == 0) {
      obey();
    }
    int record = position++;
    stream.write(record, learner.batch());
    if (plan.isBad(record)) {
      learner.reject();
      fates.rejected(record);
    } else if (learner.holdsOut(plan.holdoutHash(record))) {
      learner.validate();
      fates.validated(record);
    } else {
      learner.train();
      fates.trained(record);
    }
  }

  String sha256() {
    return HexFormat.of().formatHex(learner.parametersSha256());
  }

  private void obey() {
    for (; commandedUpTo <= position; commandedUpTo++) {
      switch (plan.commandBefore(commandedUpTo)) {
        case NONE -> {}
        case RETRAIN_THESE_WEIGHTS -> learner.retrain(false);
        case RETRAIN_FIRST_WEIGHTS -> learner.retrain(true);
      }
    }
  }
}
