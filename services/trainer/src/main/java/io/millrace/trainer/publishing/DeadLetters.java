package io.millrace.trainer.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.LogKeys;
import io.millrace.trainer.intake.Rejected;
import io.millrace.trainer.intake.Rejected.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rejected records that wait for the checkpoint that covers them: written before it, a crash
 * would write them twice; after it, not at all.
 *
 * <p>A dead letter is the record as it was, key, value, headers and timestamp, with headers that
 * say where it stood and what is wrong with it. Owned by the training thread.
 *
 * <p>How much may wait is bounded twice: by {@link #isFull}, upon which a checkpoint is due, and by
 * {@link #isOverfull} for what came since the last step, since there is no checkpoint between
 * steps.
 */
public final class DeadLetters {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);
  private static final String PREFIX = "__dlq.errors.";

  /** Below a producer's and a topic's usual limit of a mebibyte, with the new headers. */
  private static final int LARGEST_RECORD_BYTES = 1_000_000;

  private static final int MOST_LETTERS = 10_000;
  private static final long MOST_BYTES = 16L << 20;

  private final String topic;
  private final List<ProducerRecord<byte[], byte[]>> waiting = new ArrayList<>();
  private final Map<Reason, Long> countsByReason = new EnumMap<>(Reason.class);
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
    waiting.add(letter(record, rejected));
    waitingBytes += size(record);
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
    return waiting;
  }

  void written() {
    waiting.clear();
    waitingBytes = 0;
    settle();
  }

  private ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    boolean whole = size(record) <= LARGEST_RECORD_BYTES;
    Long timestamp = record.timestamp() < 0 ? null : (Long) record.timestamp();
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            topic,
            null,
            timestamp,
            whole ? record.key() : null,
            whole ? record.value() : null,
            whole ? record.headers() : null);
    Headers headers = letter.headers();
    headers.add(PREFIX + "topic", record.topic().getBytes(UTF_8));
    headers.add(PREFIX + "partition", bytes(record.partition()));
    headers.add(PREFIX + "offset", bytes(record.offset()));
    headers.add(PREFIX + "reason", rejected.reason().name().getBytes(UTF_8));
    headers.add(PREFIX + "message", rejected.message().getBytes(UTF_8));
    if (rejected.field() != null) {
      headers.add(PREFIX + "field", rejected.field().getBytes(UTF_8));
    }
    if (!whole) {
      headers.add(PREFIX + "omitted", (size(record) + " bytes").getBytes(UTF_8));
    }
    return letter;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long size =
        Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
    for (Header header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private static byte[] bytes(long number) {
    return String.valueOf(number).getBytes(UTF_8);
  }
}
