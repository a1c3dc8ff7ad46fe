package io.millrace.trainer.training;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.Learner;
import io.millrace.learning.Progress;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.commands.Received;
import io.millrace.trainer.control.Control;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.intake.Holdout;
import io.millrace.trainer.intake.RecordIntake;
import io.millrace.trainer.publishing.CheckpointPublisher;
import io.millrace.trainer.tracing.RecordTraces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * The loop that processes records. Every record is rejected, held out or trained, exactly once. The
 * records that a command has reread are trained or stay held out. They are neither validated nor
 * rejected again.
 *
 * <p>What is learned depends on the records and the settings alone, not on how polls split the
 * stream. Time decides only when a checkpoint is published, and when a mini-batch is trained before
 * it is full because no record came for {@code max_batch_age}.
 *
 * <p>Owned by the training thread. After the first exception the loop's state must not be used.
 * Only the newest checkpoint is certain, apart from a held one that may not have been written.
 */
public final class TrainingLoop {
  private static final Duration POLL_PATIENCE = Duration.ofMillis(100);
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final RecordIntake intake;
  private final RecordDecoder decoder;
  private final Holdout holdout;
  private final RecordTraces traces;
  private final Learner learner;
  private final CheckpointPublisher publisher;
  private final CommandInbox commands;
  private final Control control;
  private final Pace pace;
  private final StageClock stages;
  private long batchBegunAt;
  private long quietSince;

  public TrainingLoop(
      RecordIntake intake,
      RecordRules rules,
      Learner learner,
      CheckpointPublisher publisher,
      CommandInbox commands,
      Control control,
      Pace pace) {
    this.intake = intake;
    this.decoder = rules.decoder();
    this.holdout = rules.holdout();
    this.traces = rules.traces();
    this.learner = learner;
    this.publisher = publisher;
    this.commands = commands;
    this.control = control;
    this.pace = pace;
    this.stages = new StageClock(pace.nanoTime());
    this.quietSince = pace.nanoTime().getAsLong();
  }

  /** Processes the available records, or waits briefly for some. */
  public void turn() {
    commands.read(this::obey);
    if (control.isPaused()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      return;
    }
    beginRoundIfDue();
    ConsumerRecords<byte[], byte[]> records = poll(POLL_PATIENCE);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      take(record);
      publishIfDue();
    }
    if (control.hasEndedPass()) {
      learn();
      control.goOn();
      publisher.requestCheckpoint();
    }
    if (records.isEmpty()) {
      learnFromOldBatch();
      evaluateOnceQuiet();
      publishIfDue();
    } else {
      quietSince = pace.nanoTime().getAsLong();
    }
    publisher.tellRejections(learner.consumed(), records.isEmpty());
  }

  /**
   * Ends with a checkpoint of everything learned, if the current mini-batch can be completed with
   * available records. Otherwise everything since the newest checkpoint is read again after a
   * restart.
   */
  public void finish() {
    if (control.isPaused()) {
      return; // the pause command has already written a checkpoint
    }
    for (ConsumerRecord<byte[], byte[]> record : poll(Duration.ZERO)) {
      if (learner.pending() == 0) {
        break;
      }
      take(record);
    }
    if (learner.pending() == 0) {
      publish();
    }
  }

  /** Returns whether a checkpoint is held that may not have been written. */
  public boolean hasUnwritten() {
    return publisher.hasUnwritten();
  }

  /** Writes the held checkpoint again and continues from there. */
  public void publishAgain() {
    publisher.publishAgain();
    control.readAgain();
  }

  Progress learning() {
    return learner.progress();
  }

  ControlStatus status() {
    return control.status();
  }

  long version() {
    return publisher.version();
  }

  long lag() {
    return intake.lag();
  }

  long lost() {
    return intake.lost();
  }

  long unwritten() {
    return publisher.unwritten();
  }

  Map<Reason, Long> rejections() {
    return publisher.deadLetters().countsByReason();
  }

  List<StoredRejection> problems() {
    return publisher.problems();
  }

  long nanos(Stage stage) {
    return stages.nanos(stage);
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    stages.enter(Stage.POLLING);
    ConsumerRecords<byte[], byte[]> records = intake.poll(patience);
    stages.enter(Stage.DECODING);
    return records;
  }

  /** Executes a command between two mini-batches, and completes it with a checkpoint. */
  private void obey(Received command) {
    learn();
    control.execute(command);
    publisher.requestCheckpoint();
    publish();
  }

  /** A scheduled round takes effect like a command. */
  private void beginRoundIfDue() {
    if (control.isRoundDue()) {
      learn();
      control.beginDueRound();
      publisher.requestCheckpoint();
      publish();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    learner.context().setTimeMillis(record.timestamp());
    traces.add(record);
    if (control.isRewinding()) {
      takeAgain(record);
    } else {
      takeNew(record);
    }
  }

  private void takeAgain(ConsumerRecord<byte[], byte[]> record) {
    if (!control.covers(record.partition(), record.offset())) {
      return; // a new record, which is read again after the rewind
    }
    if (decoder.decode(record.value(), learner.batch()) == null) {
      if (learner.holdsOut(holdout.hash(record))) {
        control.countHeldOut();
      } else {
        train();
      }
    }
    intake.taken(record);
    publisher.countTaken();
  }

  private void takeNew(ConsumerRecord<byte[], byte[]> record) {
    Rejected rejected = decoder.decode(record.value(), learner.batch());
    if (rejected != null) {
      reject(record, rejected);
    } else if (learner.holdsOut(holdout.hash(record))) {
      learner.validate();
    } else {
      train();
    }
    intake.taken(record);
    publisher.countTaken();
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    learner.reject();
    publisher.reject(record, rejected, learner.consumed());
    if (publisher.deadLetters().isOverfull()) {
      learn();
    }
  }

  private void train() {
    if (learner.pending() == 0) {
      batchBegunAt = pace.nanoTime().getAsLong();
    }
    boolean fills = learner.isOneShort();
    if (fills) {
      stages.enter(Stage.LEARNING);
    }
    learner.train();
    if (fills) {
      stages.enter(Stage.DECODING);
    }
  }

  private void learnFromOldBatch() {
    long age = pace.nanoTime().getAsLong() - batchBegunAt;
    if (learner.pending() > 0 && age >= pace.maxBatchAge().toNanos()) {
      learn();
    }
  }

  /**
   * Makes the first evaluation with what there is where nothing is served before it. Otherwise a
   * topic with few records would never have a version that is served.
   */
  private void evaluateOnceQuiet() {
    long quiet = pace.nanoTime().getAsLong() - quietSince;
    if (quiet >= pace.maxBatchAge().toNanos()
        && learner.pending() == 0
        && control.awaitsEvaluation()
        && learner.evaluateEarly()) {
      publisher.requestCheckpoint();
    }
  }

  private void learn() {
    stages.enter(Stage.LEARNING);
    learner.flush();
    stages.enter(Stage.DECODING);
  }

  private void publishIfDue() {
    if (learner.pending() > 0) {
      return;
    }
    control.passed();
    if (control.hasVerdict() || publisher.isDue()) {
      publish();
    }
  }

  private void publish() {
    stages.enter(Stage.PUBLISHING);
    intake.requireSameTopic(); // a position must refer to one topic
    publisher.publish(learner, intake.streamPosition(), control);
    stages.enter(Stage.DECODING);
  }
}
