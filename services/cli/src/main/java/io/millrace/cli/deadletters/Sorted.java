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
 * A letter that was looked at, in the forms in which it may be written: as the record it was in its
 * time, with the time of now, and as the letter that it is. Owned by the replaying thread, but for
 * what Kafka's client tells.
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

  /** Returns the topic that it goes to. */
  String topic() {
    return Objects.requireNonNull(forms.peekFirst()).topic();
  }

  void send(Producer<byte[], byte[]> producer) {
    refusal = null;
    var unused = // committing fails where sending did
        producer.send(
            Objects.requireNonNull(forms.peekFirst()), (place, failure) -> refusal = failure);
  }

  /** Takes the next form where the brokers refused this one; returns whether there was one. */
  boolean giveWay() {
    Exception reason = refusal;
    if (reason == null || !Refusals.isRefusal(reason) || forms.size() == 1) {
      return false;
    }
    forms.removeFirst();
    return true;
  }
}
