package io.millrace.trainer.training;

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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * The way of a record through the trainer. Every record is rejected, held out or trained, once;
 * where a command has records read once more, they are trained or stay held out, and nothing else.
 *
 * <p>What is learned depends on the records and the settings alone, not on how polls cut the
 * stream. Time decides when a checkpoint is published and, on a topic where records stay away for
 * longer than {@code max_batch_age}, that a mini-batch is trained before it is full.
 *
 * <p>Owned by the training thread. What the loop holds is of use up to the first exception: then
 * only the newest checkpoint is known to be true, and the one that was not written, where there is
 * one.
 */
public final class TrainingLoop {
  private static final Duration POLL_PATIENCE = Duration.ofMillis(100);
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final RecordIntake intake;
  private final RecordDecoder decoder;
  private final Holdout holdout;
  private final Learner learner;
  private final CheckpointPublisher publisher;
  private final CommandInbox commands;
  private final Control control;
  private final Pace pace;
  private final StageClock stages;
  private long batchBegunAt;

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
    this.learner = learner;
    this.publisher = publisher;
    this.commands = commands;
    this.control = control;
    this.pace = pace;
    this.stages = new StageClock(pace.nanoTime());
  }

  /** Deals with the records that are there, or waits a moment for some. */
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
      publisher.taken();
    }
    if (records.isEmpty()) {
      learnFromOldBatch();
      publishIfDue();
    }
  }

  /**
   * Ends with a checkpoint of all that was learned, if the mini-batch under way can be filled from
   * records that are there. If not, its records are read again after a restart, and so is whatever
   * came since the newest checkpoint.
   */
  public void finish() {
    if (control.isPaused()) {
      return; // with the checkpoint that the command to pause ended with
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

  /** Returns whether it holds a checkpoint that was not written, as far as is known. */
  public boolean hasUnwritten() {
    return publisher.hasUnwritten();
  }

  /** Writes the checkpoint that it holds, and goes on from there. */
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

  long sequence() {
    return publisher.sequence();
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

  long nanos(Stage stage) {
    return stages.nanos(stage);
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    stages.enter(Stage.POLLING);
    ConsumerRecords<byte[], byte[]> records = intake.poll(patience);
    stages.enter(Stage.DECODING);
    return records;
  }

  /** A command takes effect between two mini-batches, and is done once its checkpoint is. */
  private void obey(Received command) {
    learn();
    control.execute(command);
    publisher.taken();
    publish();
  }

  /** What the clock asks for takes effect as a command does. */
  private void beginRoundIfDue() {
    if (control.isRoundDue()) {
      learn();
      control.beginDueRound();
      publisher.taken();
      publish();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    learner.context().setTimeMillis(record.timestamp());
    if (control.isRewinding()) {
      takeAgain(record);
    } else {
      takeNew(record);
    }
  }

  private void takeAgain(ConsumerRecord<byte[], byte[]> record) {
    if (!control.covers(record.partition(), record.offset())) {
      return; // it comes again when it is its turn
    }
    if (decoder.decode(record.value(), learner.batch()) == null) {
      if (learner.holdsOut(holdout.hash(record))) {
        control.countHeldOut();
      } else {
        train();
      }
    }
    intake.taken(record);
    publisher.taken();
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
    publisher.taken();
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    learner.reject();
    publisher.deadLetters().add(record, rejected);
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
    intake.requireSameTopic(); // a position is of one topic
    publisher.publish(learner, intake.streamPosition(), control);
    stages.enter(Stage.DECODING);
  }
}
