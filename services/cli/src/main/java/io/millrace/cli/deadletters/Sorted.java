package io.millrace.cli.deadletters;

import io.millrace.checkpoints.failures.Refusals;
import io.millrace.trainer.intake.RecordSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A letter that was read, in the forms in which it may be written: as the record with its own
 * timestamp, as the record with the current time, and as the letter itself. Owned by the replaying
 * thread, except for the refusal, which Kafka's client sets.
 */
final class Sorted {
  private final Deque<ProducerRecord<byte[], byte[]>> forms;
  private volatile @Nullable Exception refusal;

  private Sorted(List<ProducerRecord<byte[], byte[]>> forms) {
    this.forms = new ArrayDeque<>(forms);
  }

  static Sorted usable(DeadLetter letter, RecordSettings settings) {
    return new Sorted(
        List.of(
            letter.restored(settings.topic(), true),
            letter.restored(settings.topic(), false),
            letter.copy(settings.deadLetters())));
  }

  static Sorted left(DeadLetter letter, RecordSettings settings) {
    return new Sorted(List.of(letter.copy(settings.deadLetters())));
  }

  /** Returns the topic of the current form. */
  String topic() {
    return Objects.requireNonNull(forms.peekFirst()).topic();
  }

  void send(Producer<byte[], byte[]> producer) {
    refusal = null;
    var unused = // the commit fails if sending did
        producer.send(
            Objects.requireNonNull(forms.peekFirst()), (place, failure) -> refusal = failure);
  }

  /** Moves to the next form if the brokers refused this one; returns whether there was one. */
  boolean giveWay() {
    Exception reason = refusal;
    if (reason == null || !Refusals.isRefusal(reason) || forms.size() == 1) {
      return false;
    }
    forms.removeFirst();
    return true;
  }
}
