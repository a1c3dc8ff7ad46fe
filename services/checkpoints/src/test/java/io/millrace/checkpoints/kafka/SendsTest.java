package io.millrace.checkpoints.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The producer gives a refused batch's error to the batches that it has not sent yet. */
class SendsTest {
  private static final InvalidRecordException REFUSAL = new InvalidRecordException("no key");

  @AutoClose
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  private final Sends sends = new Sends(producer);

  @Test
  void refused_errorGivenToAnotherTopic_namesTheFirstTopicOnly() {
    sends.addRefusable(to("letters"));
    sends.addRefusable(to("letters"));
    sends.addRefusable(to("events"));

    failAll(3, REFUSAL);

    assertThat(sends.refused())
        .extracting(Refused::record)
        .extracting(ProducerRecord::topic)
        .containsExactly("letters", "letters");
  }

  @Test
  void refused_errorOfARecordThatMayNotBeRefused_namesNone() {
    sends.add(to("chunks"));
    sends.addRefusable(to("letters"));

    failAll(2, REFUSAL);

    assertThat(sends.refused()).isEmpty();
  }

  @Test
  void refused_failureThatMayPass_namesNone() {
    sends.addRefusable(to("letters"));

    failAll(1, new TimeoutException("later"));

    assertThat(sends.refused()).isEmpty();
  }

  private void failAll(int records, RuntimeException failure) {
    for (int record = 0; record < records; record++) {
      assertThat(producer.errorNext(failure)).isTrue();
    }
  }

  private static ProducerRecord<byte[], byte[]> to(String topic) {
    return new ProducerRecord<>(topic, new byte[1]);
  }
}
