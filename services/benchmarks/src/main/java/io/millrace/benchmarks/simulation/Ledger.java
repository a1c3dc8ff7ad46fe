package io.millrace.benchmarks.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.simulation.Journal.Deed;
import io.millrace.benchmarks.simulation.ServedLine.Decision;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.DriftDetected;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.state.State;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Checks every checkpoint before it is written: its content, its events, and the served version.
 */
final class Ledger {
  static final String DEAD_LETTERS = "dead-letters";

  /** The distance between the trainer's logged positions, plus a mini-batch of 8. */
  private static final int RECORDS_PER_NOTE = 72;

  private static final int RECORDS_NOTED = 30_000;

  private final RecordsTopic records;
  private final Journal journal;
  private final Rules rules;
  private final Answers answers;
  private final ServedLine served;
  private long version;
  private long events;
  private long deadLetters;
  private long driftBegan;
  private int challengeBegan;

  Ledger(RecordsTopic records, Journal journal, Rules rules, Answers answers, ServedLine served) {
    this.records = records;
    this.journal = journal;
    this.rules = rules;
    this.answers = answers;
    this.served = served;
  }

  /** Handles an event of the learner, which the next checkpoint may not cover. */
  void heard(LearningEvent event) {
    if (event instanceof DriftDetected drift) {
      driftBegan = drift.records() - drift.began();
    } else if (event instanceof RoundStarted) {
      challengeBegan = journal.save().validated();
    }
  }

  /** Checks a checkpoint that is about to be written. */
  void check(
      long next,
      Learner learner,
      Snapshot snapshot,
      List<ProducerRecord<byte[], byte[]>> covered,
      Champion champion,
      Store store) {
    journal.settle(learner);
    Invariant.VERSION_NEVER_DECREASES.require(next > version, "%d comes after %d", next, version);
    version = next;
    boolean wasRewinding = journal.course().isRewinding();
    Command command = Command.getDefaultInstance();
    TrainingEvent move = TrainingEvent.getDefaultInstance();
    for (ProducerRecord<byte[], byte[]> record : covered) {
      if (record.topic().equals(DEAD_LETTERS)) {
        deadLetters++;
        continue;
      }
      TrainingEvent event = told(record.value());
      move = event.hasPromoted() || event.hasRolledBack() ? event : move;
      if (event.hasCommandDone() || event.hasCommandRefused()) {
        command = answers.take(event, store.kept(), journal.course());
        journal.did(Deed.CUT);
      }
      note(event);
    }
    if (command.hasRetrain()) {
      retrain(command.getRetrain(), snapshot);
    }
    requirePosition(snapshot.summary().position().nextOffsets());
    requireCounts(learner);
    int heldOut = journal.save().validated();
    served.moves(
        new Decision(next, snapshot, store::served, heldOut, wasRewinding, command),
        champion,
        move);
  }

  private TrainingEvent told(byte[] value) {
    try {
      TrainingEvent event = TrainingEvent.parseFrom(value);
      Invariant.EVERY_EVENT_TOLD_ONCE.require(
          event.getNumber() == ++events && event.getSequence() == version,
          "in checkpoint %d event %d is %s",
          version,
          events,
          event);
      return event;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no event", e);
    }
  }

  private void note(TrainingEvent event) {
    if (event.hasDriftDetected()) {
      rules.drifted();
    } else if (event.hasRoundStarted() && event.getRoundStarted().getCause().equals("schedule")) {
      journal.did(Deed.CUT);
      journal.did(Deed.NEW_ROUND);
    } else if (event.hasChallengerStarted()) {
      served.challenges(challengeBegan);
    }
  }

  private void retrain(Retrain retrain, Snapshot snapshot) {
    journal.did(
        retrain.getFreshWeights() ? Deed.RETRAIN_FIRST_WEIGHTS : Deed.RETRAIN_THESE_WEIGHTS);
    if (!Rules.isRewind(retrain)) {
      return;
    }
    int[] start = rules.start(retrain, journal.course(), null);
    if (retrain.hasRewindToDriftStart()) {
      start = rules.start(retrain, journal.course(), driftStart(snapshot));
      requireDriftStart(start);
    }
    served.judgesSince(journal.save().validated() - journal.validatedFrom(start));
    journal.rewind(start, Math.max(1, retrain.getPasses()));
  }

  /** Returns where the drift began according to the trainer, which alone knows it. */
  private static int[] driftStart(Snapshot snapshot) {
    State state = Objects.requireNonNull(snapshot.state());
    long[] offsets = state.child("control").integers("drift_start");
    int[] start = new int[Plan.PARTITIONS];
    for (int partition = 0; partition < start.length; partition++) {
      start[partition] = partition < offsets.length ? (int) Math.max(0, offsets[partition]) : 0;
    }
    return start;
  }

  private void requireDriftStart(int[] start) {
    int before = journal.learnedBefore(start);
    boolean isNoted = journal.save().trained() - driftBegan < RECORDS_NOTED;
    boolean isKept = start[0] > records.oldest(0);
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        !isNoted || !isKept || (before <= driftBegan && before > driftBegan - RECORDS_PER_NOTE - 1),
        "a drift began %d records in, and training goes back to %d",
        driftBegan,
        before);
  }

  private void requirePosition(SortedMap<Integer, Long> position) {
    for (int partition = 0; partition < Plan.PARTITIONS; partition++) {
      long offset = position.getOrDefault(partition, 0L);
      Invariant.EVERY_RECORD_TRAINED_ONCE.require(
          offset == journal.course().next(partition)
              || offset == journal.course().unread(partition),
          "the position is %s, where %d is to be read next in partition %d",
          position,
          journal.course().next(partition),
          partition);
    }
  }

  private void requireCounts(Learner learner) {
    Counts counts = learner.progress().counts();
    Journal.Saved seen = journal.save();
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        counts.trained() + counts.scored() == seen.trained()
            && counts.validated() == seen.validated()
            && counts.rejected() == seen.rejected()
            && learner.learnedAgain() == seen.again(),
        "%s and %d again are counted, %s was seen",
        counts,
        learner.learnedAgain(),
        seen);
    Invariant.EVERY_EVENT_TOLD_ONCE.require(
        deadLetters == counts.rejected(),
        "%d dead letters of %d records",
        deadLetters,
        counts.rejected());
  }
}
