package io.millrace.checkpoints.kafka;

import io.millrace.checkpoints.Ownership;
import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.RecordRefusedException;
import io.millrace.checkpoints.failures.Refusals;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The transactions of a model's only writer. Each is committed as a whole or not at all, and none
 * after another writer took over. {@link Ownership} tells whether one did; exceptions do not.
 *
 * <p>After the first failure, other than refused refusable records, the producer is closed. If the
 * brokers can still be reached, that ends an open transaction, so that it does not keep committed
 * readers waiting. Confined to one thread.
 *
 * <p>No transaction ends before all its records are acknowledged or failed, although Kafka's client
 * promises to send them first. Its network thread checks for unsent records, and then takes the end
 * of the transaction from a queue. A record sent in between stays behind. The client reports
 * success, does not send the record, and sends none of a later transaction behind it for {@code
 * delivery.timeout.ms}.
 */
public final class Transactions implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration ABORT_PATIENCE = Duration.ofSeconds(1);

  private final String model;
  private final Producer<byte[], byte[]> producer;

  public Transactions(Map<String, Object> producerProperties, String model) {
    this(producerProperties, model, TIMEOUT);
  }

  /**
   * @param timeout how long until the brokers abort a transaction
   */
  public Transactions(Map<String, Object> producerProperties, String model, Duration timeout) {
    this(Clients.producer(producerProperties, "millrace-" + model, timeout), model);
  }

  Transactions(Producer<byte[], byte[]> producer, String model) {
    this.producer = producer;
    this.model = model;
  }

  /**
   * Takes over from any other writer of the model, and waits until its last transaction has ended.
   *
   * @throws CheckpointUnavailableException if Kafka does not answer
   */
  public void fence() {
    try {
      producer.initTransactions();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new CheckpointUnavailableException(
          "no writer for the checkpoints of %s: %s".formatted(model, Refusals.reason(e)), e);
    }
  }

  /**
   * Commits the records that {@code body} sends, and returns its result.
   *
   * @throws RecordRefusedException if refusable records were refused; another transaction may begin
   * @throws CheckpointWriteException if it failed otherwise, for example because another writer
   *     took over
   */
  public <T> T commit(Function<Sends, T> body) {
    Sends sends = new Sends(producer);
    boolean ended = false;
    try {
      producer.beginTransaction();
      T result = body.apply(sends);
      sends.await();
      producer.commitTransaction();
      ended = true;
      return result;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      ended = abortedForRefusals(e, sends);
      throw ended ? new RecordRefusedException(sends.refused()) : failure(e);
    } finally {
      if (!ended) {
        producer.close(ABORT_PATIENCE);
      }
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
  }

  /**
   * Aborts the transaction if a refusable record was refused. Before the abort, the client may have
   * reported only that nothing else can be sent, not which record was refused.
   */
  private boolean abortedForRefusals(KafkaException failure, Sends sends) {
    if (sends.refused().isEmpty() && !Refusals.isRefusal(failure)) {
      return false;
    }
    try {
      producer.flush(); // not all sends return a future then
      producer.abortTransaction();
      return !sends.refused().isEmpty();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      if (sends.refused().isEmpty()) {
        failure.addSuppressed(e);
        return false;
      }
      e.addSuppressed(failure); // without it the checkpoint may be written
      throw failure(e);
    }
  }

  private CheckpointException failure(KafkaException failure) {
    return new CheckpointWriteException(
        "a checkpoint of %s was not written: %s".formatted(model, Refusals.reason(failure)),
        failure);
  }
}
