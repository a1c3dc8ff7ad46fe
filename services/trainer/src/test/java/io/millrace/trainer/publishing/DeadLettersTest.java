package io.millrace.trainer.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final Rejected UNKNOWN_CLASS =
      new Rejected(Reason.LABEL_RANGE, "letter", "a name that is none of 26");

  private final DeadLetters letters = new DeadLetters("letters.dead-letters");

  @Test
  void add_record_keepsItAsItWasAndSaysWhereItStoodAndWhatIsWrong() {
    // Given
    ConsumerRecord<byte[], byte[]> record = record(new byte[] {1, 2});
    record.headers().add("trace", "abc".getBytes(UTF_8));

    // When
    letters.add(record, UNKNOWN_CLASS);

    // Then
    ProducerRecord<byte[], byte[]> letter = letters.waiting().get(0);
    assertThat(letter.topic()).isEqualTo("letters.dead-letters");
    assertThat(letter.partition()).isNull();
    assertThat(letter.key()).isEqualTo(record.key());
    assertThat(letter.value()).isEqualTo(record.value());
    assertThat(letter.timestamp()).as("that of writing").isNull();
    assertThat(headers(letter))
        .isEqualTo(
            Map.of(
                "trace", "abc",
                "__dlq.errors.topic", "letters",
                "__dlq.errors.partition", "3",
                "__dlq.errors.offset", "42",
                "__dlq.errors.timestamp", "1234",
                "__dlq.errors.reason", "LABEL_RANGE",
                "__dlq.errors.field", "letter",
                "__dlq.errors.message",
                    "the class is unknown in field 'letter', found: a name that is none of 26"));
    assertThat(headers(record.headers())).containsOnlyKeys("trace");
  }

  @Test
  void add_recordTooLargeForAProducer_leavesItsContentOut() {
    // When
    letters.add(record(new byte[1_000_001]), UNKNOWN_CLASS);

    // Then
    ProducerRecord<byte[], byte[]> letter = letters.waiting().get(0);
    assertThat(letter.value()).isNull();
    assertThat(headers(letter))
        .containsEntry("__dlq.errors.omitted", "1000004 bytes")
        .containsEntry("__dlq.errors.offset", "42");
  }

  @Test
  void refused_tooLarge_leavesOutTheContentOfAllThatAreMoreThanHalfAsLarge() {
    // Given
    List.of(100, 800, 400, 900).forEach(size -> letters.add(record(new byte[size]), UNKNOWN_CLASS));

    // When
    long passedOver = letters.refused(List.of(refused(1, new RecordTooLargeException("large"))));
    letters.add(record(new byte[700]), UNKNOWN_CLASS);

    // Then
    assertThat(passedOver).isZero();
    assertThat(letters.waiting().stream().map(ProducerRecord::value).map(DeadLettersTest::length))
        .containsExactly(100, -1, -1, -1, -1);
  }

  @Test
  void refused_cutAlready_isPassedOver() {
    // Given
    letters.add(record(new byte[900]), UNKNOWN_CLASS);
    letters.add(record(new byte[10]), UNKNOWN_CLASS);
    letters.refused(List.of(refused(0, new RecordTooLargeException("large"))));

    // When
    long passedOver = letters.refused(List.of(refused(0, new RecordTooLargeException("large"))));

    // Then
    assertThat(passedOver).isEqualTo(1);
    assertThat(letters.waiting()).hasSize(1);
  }

  @Test
  void refused_oneAfterAnother_endsWithNoneThatWaits() {
    // Given
    for (int letter = 0; letter < 1000; letter++) {
      letters.add(record(new byte[10]), UNKNOWN_CLASS);
    }

    // When
    long passedOver = 0;
    int attempts = 0;
    for (; !letters.waiting().isEmpty(); attempts++) {
      passedOver += letters.refused(List.of(refused(0, new InvalidRecordException("no key"))));
    }

    // Then
    assertThat(passedOver).isEqualTo(1000);
    assertThat(attempts).isEqualTo(10);
  }

  @Test
  void isFull_manyBytes_untilWritten() {
    // Given
    List.of(1, 2, 3, 4, 5, 6).forEach(i -> letters.add(record(new byte[3 << 20]), UNKNOWN_CLASS));

    // When
    boolean fullBefore = letters.isFull();
    letters.written();

    // Then
    assertThat(fullBefore).isTrue();
    assertThat(letters.isFull()).isFalse();
    assertThat(letters.waiting()).isEmpty();
    assertThat(letters.countsByReason()).containsExactly(Map.entry(Reason.LABEL_RANGE, 6L));
  }

  @Test
  void isOverfull_countsWhatCameSinceSettled() {
    // Given
    List.of(1, 2, 3, 4, 5, 6).forEach(i -> letters.add(record(new byte[3 << 20]), UNKNOWN_CLASS));

    // When
    boolean before = letters.isOverfull();
    letters.settle();

    // Then
    assertThat(before).isTrue();
    assertThat(letters.isOverfull()).isFalse();
    assertThat(letters.isFull()).isTrue();
  }

  private Refused refused(int letter, Exception reason) {
    return new Refused(letters.waiting().get(letter), reason);
  }

  private static int length(byte @Nullable [] value) {
    return value == null ? -1 : value.length;
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    byte[] key = "key".getBytes(UTF_8);
    return new ConsumerRecord<>(
        "letters",
        3,
        42,
        1234,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
    return headers(letter.headers());
  }

  private static Map<String, String> headers(Iterable<Header> headers) {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
    return texts;
  }
}
