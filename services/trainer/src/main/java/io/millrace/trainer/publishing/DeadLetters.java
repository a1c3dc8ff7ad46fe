package io.millrace.trainer.publishing;

import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import io.millrace.checkpoints.failures.Refusals;
import io.millrace.runtime.LogKeys;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rejected records that wait for the checkpoint that covers them. If they were written before
 * it, a crash would write them twice; if after it, a crash would lose them.
 *
 * <p>A dead letter is the original record, with its key, value and headers, plus headers that name
 * its position, its timestamp and the problem. If the brokers find it too large, it is written
 * without the record's content. If they refuse it altogether, it is skipped, since an unusable
 * record must not keep a model from learning. Owned by the training thread.
 *
 * <p>Two limits bound how much may wait. When {@link #isFull}, a checkpoint is due. When {@link
 * #isOverfull}, too much came since the last step, and a step is due, since checkpoints are only
 * taken between steps.
 */
public final class DeadLetters {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);

  /**
   * Leaves room for the new headers below the default limit of producers and topics, one mebibyte.
   */
  private static final long LARGEST_RECORD_BYTES = 1_000_000;

  /**
   * How many refused transactions are retried without the refused letters, before all are left out.
   */
  private static final int MOST_REFUSALS = 10;

  private static final int MOST_LETTERS = 10_000;
  private static final long MOST_BYTES = 16L << 20;

  private final String topic;
  private final List<Letter> waiting = new ArrayList<>();
  private final Map<Reason, Long> countsByReason = new EnumMap<>(Reason.class);
  private long largestBytes = LARGEST_RECORD_BYTES;
  private int refusals;
  private long waitingBytes;
  private int lettersAtStep;
  private long bytesAtStep;

  /**
   * @param topic the topic of the dead letters
   */
  public DeadLetters(String topic) {
    this.topic = topic;
  }

  /** Adds a rejected record. */
  public void add(ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    Letter letter = new Letter(topic, record, rejected);
    if (letter.size() > largestBytes) {
      letter.cut();
    }
    waiting.add(letter);
    waitingBytes += letter.size();
    countsByReason.merge(rejected.reason(), 1L, Long::sum);
    LOGGER
        .atDebug()
        .addKeyValue(LogKeys.PARTITION, record.partition())
        .addKeyValue(LogKeys.OFFSET, record.offset())
        .addKeyValue(LogKeys.REASON, rejected.reason())
        .log("Rejected");
  }

  /** Returns how many records were added, by reason. */
  public Map<Reason, Long> countsByReason() {
    return countsByReason;
  }

  /** Marks all waiting letters as ready to be written, because no record is pending. */
  void settle() {
    lettersAtStep = waiting.size();
    bytesAtStep = waitingBytes;
  }

  /** Returns whether so much waits that a checkpoint is due. */
  boolean isFull() {
    return waiting.size() >= MOST_LETTERS || waitingBytes >= MOST_BYTES;
  }

  /**
   * Returns whether so much came since {@link #settle} that the mini-batch must be trained before
   * it is full. This depends on the records alone, so a replay cuts the batch at the same place.
   */
  public boolean isOverfull() {
    return waiting.size() - lettersAtStep >= MOST_LETTERS
        || waitingBytes - bytesAtStep >= MOST_BYTES;
  }

  List<ProducerRecord<byte[], byte[]>> waiting() {
    return waiting.stream().map(Letter::record).flatMap(Optional::stream).toList();
  }

  /**
   * Handles letters that the brokers refused. If one is too large, it and all of similar size lose
   * the record's content from now on. Other refused letters are skipped.
   *
   * @return how many letters are skipped
   */
  long refused(List<Refused> refused) {
    Map<ProducerRecord<byte[], byte[]>, Exception> reasons = new IdentityHashMap<>();
    refused.forEach(each -> reasons.put(each.record(), each.reason()));
    long passedOver = 0;
    for (Letter letter : waiting) {
      Exception reason = letter.record().map(reasons::get).orElse(null);
      passedOver += reason != null && lessen(letter, reason) ? 1 : 0;
    }
    cutLarge();
    if (passedOver > 0 && ++refusals == MOST_REFUSALS) {
      passedOver += waiting().size();
      waiting.forEach(Letter::passOver);
    }
    return passedOver;
  }

  void written() {
    waiting.clear();
    refusals = 0;
    waitingBytes = 0;
    settle();
  }

  private boolean lessen(Letter letter, Exception reason) {
    if (letter.isWhole() && Refusals.isTooLarge(reason)) {
      largestBytes = Math.min(largestBytes, letter.size()) / 2;
      return false; // cut below with all letters that are larger
    }
    letter.passOver();
    return true;
  }

  private void cutLarge() {
    waiting.stream()
        .filter(letter -> letter.isWhole() && letter.size() > largestBytes)
        .filter(letter -> letter.record().isPresent())
        .forEach(Letter::cut);
  }
}
