package io.millrace.checkpoints.failures;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The brokers refuse records that belong to a checkpoint, so nothing was written. The writer stays
 * open, and the same checkpoint may be written with other records.
 */
public final class RecordRefusedException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  private final transient List<Refused> refused;

  public RecordRefusedException(List<Refused> refused) {
    super(
        "%d records that go with a checkpoint are refused: %s"
            .formatted(refused.size(), Refusals.reason(refused.get(0).reason())),
        refused.get(0).reason());
    this.refused = List.copyOf(refused);
  }

  /**
   * A refused record.
   *
   * @param record the same object that was passed to be written
   * @param reason the exception of Kafka's client
   */
  public record Refused(ProducerRecord<byte[], byte[]> record, Exception reason) {}

  /** Returns the refused records, at least one. Others may be refused too. */
  public List<Refused> refused() {
    return refused;
  }
}
