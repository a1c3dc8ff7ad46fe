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
 * The rejected records that wait for the checkpoint that covers them: written before it, a crash
 * would write them twice; after it, not at all.
 *
 * <p>A dead letter is the record as it was, key, value and headers, with headers that say where it
 * stood, when it happened and what is wrong with it. One that brokers find too large goes without
 * what the record holds; one that they do not take at all is passed over, for a record that nobody
 * can use must not keep a model from learning. Owned by the training thread.
 *
 * <p>How much may wait is bounded twice: by {@link #isFull}, upon which a checkpoint is due, and by
 * {@link #isOverfull} for what came since the last step, since there is no checkpoint between
 * steps.
 */
public final class DeadLetters {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);

  /** Below a producer's and a topic's usual limit of a mebibyte, with the new headers. */
  private static final long LARGEST_RECORD_BYTES = 1_000_000;

  /** So often a transaction is tried without the letters that were refused, then without any. */
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
   * @param topic where dead letters go
   */
  public DeadLetters(String topic) {
    this.topic = topic;
  }

  /** Adds a record and what is wrong with it. */
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

  /** Says that whatever waits can be written: no record waits to be trained. */
  void settle() {
    lettersAtStep = waiting.size();
    bytesAtStep = waitingBytes;
  }

  /** Returns whether so much waits that a checkpoint is due. */
  boolean isFull() {
    return waiting.size() >= MOST_LETTERS || waitingBytes >= MOST_BYTES;
  }

  /**
   * Returns whether so much came since {@link #settle} that the mini-batch must not wait any longer
   * to be full. This depends on the records alone, so a replay cuts the batch at the same place.
   */
  public boolean isOverfull() {
    return waiting.size() - lettersAtStep >= MOST_LETTERS
        || waitingBytes - bytesAtStep >= MOST_BYTES;
  }

  List<ProducerRecord<byte[], byte[]>> waiting() {
    return waiting.stream().map(Letter::record).flatMap(Optional::stream).toList();
  }

  /**
   * Takes that brokers do not take some of what waits: of the letters that are too large, and of
   * those nearly as large, what the records hold is left out from now on; others are passed over.
   *
   * @return how many are passed over
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
      return false; // it is cut with all that are larger
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
