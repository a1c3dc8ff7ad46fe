package io.millrace.checkpoints.failures;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The brokers do not take records that were to become visible with a checkpoint, so nothing was
 * written. The writer stays open: the same checkpoint may be written with other records.
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
   * A record that is not taken.
   *
   * @param record the same object that was to be written
   * @param reason why, as Kafka's client has it
   */
  public record Refused(ProducerRecord<byte[], byte[]> record, Exception reason) {}

  /** Returns the records that were refused, one at least; maybe others would be, too. */
  public List<Refused> refused() {
    return refused;
  }
}
