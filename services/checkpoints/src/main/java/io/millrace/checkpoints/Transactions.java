package io.millrace.checkpoints;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The transactions of a model's one writer: all or nothing, and nothing after another took over.
 *
 * <p>The first failure is the last: the producer is closed, which ends an open transaction where
 * the brokers can still be reached, so that it does not keep committed readers waiting. Confined to
 * one thread.
 */
final class Transactions implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration ABORT_PATIENCE = Duration.ofSeconds(1);

  private final String model;
  private final Producer<byte[], byte[]> producer;

  Transactions(Map<String, Object> producerProperties, String model) {
    this.model = model;
    producer = Clients.producer(producerProperties, "millrace-" + model);
  }

  /**
   * Takes over from any other writer of the model and waits until its last transaction has ended.
   *
   * @throws CheckpointUnavailableException where Kafka does not answer
   */
  void fence() {
    try {
      producer.initTransactions();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new CheckpointUnavailableException(
          "no writer for the checkpoints of %s: %s".formatted(model, e.getMessage()), e);
    }
  }

  /**
   * Commits what the body sends, and returns what it returns.
   *
   * @throws WriterFencedException where another writer took over
   * @throws CheckpointWriteException where it failed otherwise
   */
  <T> T commit(Function<Sends, T> body) {
    boolean committed = false;
    try {
      producer.beginTransaction();
      T result = body.apply(new Sends(producer));
      producer.commitTransaction();
      committed = true;
      return result;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw failure(e);
    } finally {
      if (!committed) {
        producer.close(ABORT_PATIENCE);
      }
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
  }

  private CheckpointException failure(KafkaException failure) {
    boolean fenced =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(Transactions::isFence);
    return fenced
        ? new WriterFencedException(
            "another trainer of %s took over, or Kafka gave up a transaction that lasted too long"
                .formatted(model),
            failure)
        : new CheckpointWriteException(
            "a checkpoint of %s was not written: %s".formatted(model, failure.getMessage()),
            failure);
  }

  private static boolean isFence(Throwable cause) {
    return cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException;
  }
}
