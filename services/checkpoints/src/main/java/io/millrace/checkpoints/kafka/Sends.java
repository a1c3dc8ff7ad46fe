package io.millrace.checkpoints.kafka;

import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import io.millrace.checkpoints.failures.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** The records sent in one transaction. All must be acknowledged. */
public final class Sends {
  private final Producer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> pending = new ArrayList<>();
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

  /** The topic of the first refusal. Only the producer's thread uses it. */
  private @Nullable String refusing;

  Sends(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Sends a record. Its bytes are copied before this method returns. */
  public void add(ProducerRecord<byte[], byte[]> record) {
    send(record, false);
  }

  /** Sends a record that may be refused. {@link #refused} returns those that were. */
  public void addRefusable(ProducerRecord<byte[], byte[]> record) {
    send(record, true);
  }

  /** Returns the refusable records that are known to be refused. */
  List<Refused> refused() {
    return List.copyOf(refused);
  }

  /** Returns how many records were sent, which is the number of the next one. */
  public int count() {
    return pending.size();
  }

  /** Waits for all acknowledgements. */
  public void await() {
    for (int number = 0; number < pending.size(); number++) {
      acknowledged(number);
    }
  }

  /** Waits for a record's acknowledgement and returns its offset. */
  public long offset(int number) {
    RecordMetadata metadata = acknowledged(number);
    if (!metadata.hasOffset()) { // after a retry whose original the broker had forgotten
      throw new KafkaException("the broker did not say where a record lies");
    }
    return metadata.offset();
  }

  private void send(ProducerRecord<byte[], byte[]> record, boolean mayBeRefused) {
    pending.add(
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null && Refusals.isRefusalOf(record.topic(), failure)) {
                refused(record, failure, mayBeRefused);
              }
            }));
  }

  /**
   * Notes a refusal on the topic of the first one. The producer gives the error of the first
   * refused batch to all batches that it has not sent yet, so another topic's records may not be
   * refused at all.
   */
  private void refused(
      ProducerRecord<byte[], byte[]> record, Exception failure, boolean mayBeRefused) {
    if (refusing == null) {
      refusing = record.topic();
    }
    if (mayBeRefused && refusing.equals(record.topic())) {
      refused.add(new Refused(record, failure));
    }
  }

  private RecordMetadata acknowledged(int number) {
    try {
      return pending.get(number).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException(
          "a record was not acknowledged: " + Refusals.reason(e), e.getCause());
    }
  }
}
