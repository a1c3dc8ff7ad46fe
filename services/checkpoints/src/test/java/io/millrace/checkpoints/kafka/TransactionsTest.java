package io.millrace.checkpoints.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.RecordRefusedException;
import io.millrace.checkpoints.failures.Refusals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka's client may leave a record behind that is unsent at the end of its transaction. */
class TransactionsTest {
  private static final InvalidRecordException INVALID = new InvalidRecordException("no key");

  private final SlowProducer producer = new SlowProducer();
  @AutoClose private final Transactions transactions = new Transactions(producer, "m");

  @BeforeEach
  void fence() {
    transactions.fence();
  }

  @Test
  void commit_recordsAreNotAcknowledgedYet_waitsForThem() {
    transactions.commit(
        sends -> {
          sends.add(to("chunks"));
          sends.add(to("manifest"));
          return 0;
        });

    assertThat(producer.transactionCommitted()).isTrue();
    assertThat(producer.unsentAtEnd).isZero();
  }

  @Test
  void commit_recordIsRefusedWhileOthersAreSent_waitsForThemBeforeTheAbort() {
    assertThatThrownBy(() -> transactions.commit(sends -> refused(sends, INVALID)))
        .isInstanceOf(RecordRefusedException.class);

    assertThat(producer.transactionAborted()).isTrue();
    assertThat(producer.unsentAtEnd).isZero();
  }

  @Test
  void commit_abortAfterARefusalFails_tellsThatFailureOnly() {
    TopicAuthorizationException denied = new TopicAuthorizationException("letters");
    producer.abortTransactionException = new TimeoutException("no answer");

    assertThatThrownBy(() -> transactions.commit(sends -> refused(sends, denied)))
        .isInstanceOf(CheckpointWriteException.class)
        .hasMessageContaining("no answer")
        .satisfies(failure -> assertThat(Refusals.isRefusal(failure)).isFalse());

    assertThat(producer.closed()).isTrue();
  }

  /** As the client does: the record after the refusal is kept, and its send fails. */
  private int refused(Sends sends, RuntimeException refusal) {
    sends.addRefusable(to("letters"));
    assertThat(producer.errorNext(refusal)).isTrue();
    sends.add(to("chunks"));
    throw new KafkaException("in an error state", refusal);
  }

  private static ProducerRecord<byte[], byte[]> to(String topic) {
    return new ProducerRecord<>(topic, new byte[1]);
  }

  /** Acknowledges records once somebody waits for them. */
  private static final class SlowProducer extends MockProducer<byte[], byte[]> {
    private int unsent;
    private int unsentAtEnd = -1;

    SlowProducer() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      unsent++;
      Future<RecordMetadata> sent =
          super.send(
              record,
              (metadata, failure) -> {
                unsent--;
                callback.onCompletion(metadata, failure);
              });
      return new CompletableFuture<>() {
        @Override
        public RecordMetadata get() throws InterruptedException, ExecutionException {
          flush();
          return sent.get();
        }
      };
    }

    @Override
    public void commitTransaction() {
      unsentAtEnd = unsent;
      super.commitTransaction();
    }

    @Override
    public void abortTransaction() {
      unsentAtEnd = unsent;
      super.abortTransaction();
    }
  }
}
