package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.HostileBroker.Place;
import io.millrace.trainer.TrainerService;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For every topic that a trainer writes: it goes on, and nothing is lost or comes twice. */
class TrainerOnHostileBrokerTest extends OnHostileBroker {
  private static final int RECORDS = HostileStream.RECORDS;
  private static final int BAD = RECORDS / HostileStream.BAD_EVERY;

  @ParameterizedTest
  @CsvSource({
    "DOOR, checkpoints, UNKNOWN_SERVER_ERROR",
    "DOOR, checkpoints.manifest, UNKNOWN_SERVER_ERROR",
    "LOG, checkpoints.manifest, UNKNOWN_SERVER_ERROR",
    "DOOR, dead-letters, UNKNOWN_SERVER_ERROR",
    "DOOR, dead-letters, NOT_ENOUGH_REPLICAS",
    "LOG, dead-letters, UNKNOWN_SERVER_ERROR",
  })
  void trainer_writesFail_everyRecordIsLearnedOnceAndEachBadOneIsOneLetter(
      Place place, String suffix, Errors error) throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, RECORDS / 2);
    await(() -> records(trainer) >= RECORDS / 4);
    broker.refuse(place, topic(suffix), error, 2);
    stream.produce(RECORDS / 2, RECORDS);

    awaitAllLearned(trainer);

    assertThat(broker.hasRefused(topic(suffix))).isTrue();
    assertThat(letters()).hasSize(BAD);
  }

  @ParameterizedTest
  @CsvSource({
    "DOOR, INVALID_TIMESTAMP",
    "LOG, INVALID_TIMESTAMP",
    "DOOR, INVALID_RECORD",
    "DOOR, TOPIC_AUTHORIZATION_FAILED",
  })
  void trainer_lettersAreRefused_everyRecordIsLearnedAndTheLettersAreThereOrCounted(
      Place place, Errors error) throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, RECORDS / 2);
    await(() -> records(trainer) >= RECORDS / 4);
    refuseALetter(place, error, RECORDS / 2, 3 * RECORDS / 4);
    refuseALetter(place, error, 3 * RECORDS / 4, RECORDS);

    awaitAllLearned(trainer);

    long unwritten = trainer.progress().unwritten();
    assertThat(unwritten).isPositive();
    assertThat(letters().size() + unwritten).isEqualTo(BAD);
  }

  @Test
  void trainer_eventsAreRefused_everyRecordIsLearnedAndTheEventsAreCounted() throws Exception {
    broker.refuse(Place.DOOR, topic("events"), Errors.INVALID_RECORD, 1);
    TrainerService trainer = trainer(); // it begins with an event
    stream.produce(0, RECORDS);

    awaitAllLearned(trainer);

    assertThat(broker.hasRefused(topic("events"))).isTrue();
    assertThat(trainer.progress().unwritten()).isPositive();
    assertThat(letters()).hasSize(BAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints", "checkpoints.manifest", "dead-letters"})
  void trainer_answersBreakOffAndComeLateAndTheBrokerRestarts_everyRecordIsLearnedOnce(
      String suffix) throws Exception {
    TrainerService trainer = trainer();
    trouble(topic(suffix), stream::produce, RECORDS);

    awaitAllLearned(trainer);

    assertThat(letters()).hasSize(BAD);
  }

  /** Produces records, and waits for a refusal of their letters; one may be of all of them. */
  private void refuseALetter(Place place, Errors error, int from, int to) throws Exception {
    broker.refuse(place, topic("dead-letters"), error, 1);
    stream.produce(from, to);
    await(() -> broker.hasRefused(topic("dead-letters")));
  }

  private Set<String> letters() {
    List<ConsumerRecord<byte[], byte[]>> letters = stream.committed(topic("dead-letters"));
    Set<String> offsets =
        letters.stream()
            .map(letter -> letter.headers().lastHeader("__dlq.errors.offset").value())
            .map(value -> new String(value, UTF_8))
            .collect(Collectors.toSet());
    assertThat(offsets).as("each once").hasSameSizeAs(letters);
    return offsets;
  }

  private void awaitAllLearned(TrainerService trainer) throws InterruptedException {
    await(() -> stream.covered().records() == RECORDS);
    assertThat(trainer.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(stream.covered().records()).isEqualTo(RECORDS);
    assertThat(stream.covered().rejected()).isEqualTo(BAD);
  }
}
