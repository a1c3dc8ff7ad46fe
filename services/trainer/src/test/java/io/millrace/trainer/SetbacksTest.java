package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.failures.CheckpointWriteException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.UnrecoverableException;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private final Health health = new Health();
  private final Setbacks setbacks =
      new Setbacks(new TestStream("localhost:1", "setbacks", 1).settings(), health, "trainer");

  @Test
  void take_brokersAway_waitsLongerEachTimeAndIsNotReady() {
    Duration first = setbacks.take(unavailable());
    Duration second = setbacks.take(unavailable());
    Duration third = setbacks.take(new TimeoutException("no answer"));

    assertThat(second).isEqualTo(first.multipliedBy(2));
    assertThat(third).isEqualTo(first.multipliedBy(4));
    assertThat(health.reasonsAgainstReadiness())
        .containsEntry("trainer", "waits and tries again: no answer");
  }

  @Test
  void over_afterSetbacks_isReadyAndWaitsNoLongerThanAtFirst() {
    Duration first = setbacks.take(unavailable());
    setbacks.take(unavailable());

    setbacks.over();

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(setbacks.take(unavailable())).isEqualTo(first);
  }

  @Test
  void take_whatCannotPass_endsWithASentence() {
    KafkaException tooLarge =
        new KafkaException("not acknowledged", new RecordTooLargeException("1000 bytes at most"));

    assertThatThrownBy(
            () -> setbacks.take(new CheckpointWriteException("it was not written", tooLarge)))
        .isInstanceOf(UnrecoverableException.class)
        .hasMessage("it was not written; trying again would not help (RecordTooLargeException)");
    assertThatThrownBy(() -> setbacks.take(new TopicAuthorizationException("letters")))
        .isInstanceOf(UnrecoverableException.class);
  }

  @Test
  void take_anotherTrainerTookOver_endsAsFenced() {
    assertThatThrownBy(() -> setbacks.take(new WriterFencedException("another took over", null)))
        .isInstanceOf(UnrecoverableException.class)
        .hasMessage("fenced: another took over");
  }

  @Test
  void take_checkpointsLost_saysWhatIsAllowed() {
    assertThatThrownBy(
            () -> setbacks.take(new CheckpointMissingException("its chunks are gone", null)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "checkpoints.topic: is setbacks.checkpoints, but its chunks are gone; allowed:");
  }

  private static CheckpointUnavailableException unavailable() {
    return new CheckpointUnavailableException("Kafka did not answer", null);
  }
}
