package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.PredictionRequest;
import io.millrace.client.PredictorClient;
import io.millrace.crash.JavaProcess;
import io.millrace.hostile.HostileBroker.Place;
import io.millrace.joiner.JoinerService;
import io.millrace.predictor.PredictorService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For every topic that a service writes: it goes on, and nothing is lost or comes twice. */
@Tag("hostile")
class HostileBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RECORDS = HostileStream.RECORDS;
  private static final int PAIRS = 100;
  private static final int CALLS = 100;
  private static final int BAD = RECORDS / HostileStream.BAD_EVERY;

  @TempDir private Path folder;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private static int models;
  private static HostileBroker broker;
  private HostileStream stream;
  private Supplier<Object> progress = () -> "no trainer";

  @BeforeAll
  static void openDoor() throws IOException {
    broker = new HostileBroker();
  }

  @AfterAll
  static void closeDoor() throws IOException {
    broker.close();
  }

  @BeforeEach
  void open() throws Exception {
    stream = new HostileStream(broker.bootstrapServers(), "m" + ++models, folder.toString());
    stream.createTopics(
        topic("records"),
        topic("dead-letters"),
        topic("features"),
        topic("labels"),
        topic("unjoined"),
        topic("log"));
  }

  @AfterEach
  void close() {
    stream.close();
    metrics.close();
  }

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

  @ParameterizedTest
  @CsvSource({
    "DOOR, records, INVALID_TIMESTAMP",
    "DOOR, records, INVALID_RECORD",
    "DOOR, records, UNKNOWN_SERVER_ERROR",
    "LOG, records, UNKNOWN_SERVER_ERROR",
    "DOOR, unjoined, MESSAGE_TOO_LARGE",
    "DOOR, join-entries-changelog, UNKNOWN_SERVER_ERROR",
    "DOOR, join-ledger-changelog, NOT_ENOUGH_REPLICAS",
  })
  void joiner_writesFail_theSameProcessJoinsEveryPairOnce(Place place, String suffix, Errors error)
      throws Exception {
    String topic = topic(suffix);
    JoinerService joiner = joiner();
    sendPairs(0, PAIRS / 2);
    await(() -> joined().size() == PAIRS / 2);
    broker.refuse(place, topic, error, 1);
    sendPairs(PAIRS / 2, PAIRS);

    awaitAllJoined(joiner);

    assertThat(broker.hasRefused(topic)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"records", "unjoined", "join-entries-changelog"})
  void joiner_answersBreakOffAndComeLateAndTheBrokerRestarts_theSameProcessJoinsEveryPairOnce(
      String suffix) throws Exception {
    JoinerService joiner = joiner();
    trouble(topic(suffix), this::sendPairs, PAIRS);

    awaitAllJoined(joiner);
  }

  @ParameterizedTest
  @CsvSource({
    "DOOR, INVALID_TIMESTAMP",
    "LOG, INVALID_TIMESTAMP",
    "DOOR, TOPIC_AUTHORIZATION_FAILED",
  })
  void predictor_logIsRefused_everyCallIsAnsweredAndEachPredictionThereOrCounted(
      Place place, Errors error) throws Exception {
    PredictorService predictor = trainedPredictor();
    broker.refuse(place, topic("log"), error, 2);

    call(predictor, 0, CALLS);

    await(() -> count("written") + count("dropped") == CALLS);
    assertThat(broker.hasRefused(topic("log"))).isTrue();
    assertThat(count("dropped")).isPositive();
    assertThat(logged()).hasSize((int) (place == Place.LOG ? CALLS : count("written")));
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void predictor_firstWriteMeetsNoLeader_everyPredictionIsThereOnce() throws Exception {
    PredictorService predictor = trainedPredictor();
    broker.refuse(Place.DOOR, topic("log"), Errors.NOT_LEADER_OR_FOLLOWER, 1);
    broker.delay(50); // while another write could be under way

    call(predictor, 0, CALLS);
    broker.delay(0);

    await(() -> count("written") == CALLS);
    assertThat(logged()).hasSize(CALLS);
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void predictor_answersBreakOffAndComeLateAndTheBrokerRestarts_everyPredictionIsThereOnce()
      throws Exception {
    PredictorService predictor = trainedPredictor();
    trouble(topic("log"), (from, to) -> call(predictor, from, to), CALLS);

    await(() -> count("written") + count("dropped") == CALLS);
    assertThat(logged()).hasSize(CALLS);
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  /** What the service is given to do, in two parts. */
  @FunctionalInterface
  private interface Work {
    void give(int from, int to) throws Exception;
  }

  /**
   * Lets answers to a topic's writes break off, come late, and break off again until the broker has
   * restarted: what it took before that, nobody was told.
   */
  private void trouble(String topic, Work work, int size) throws Exception {
    broker.breakOff(topic, 3);
    work.give(0, size / 2);
    await(() -> broker.hasBrokenOff(topic));
    broker.delay(50);
    broker.breakOff(topic, Integer.MAX_VALUE);
    work.give(size / 2, size);
    broker.restart();
    broker.breakOff(topic, 0);
    broker.delay(0);
  }

  /** Produces records, and waits for a refusal of their letters; one may be of all of them. */
  private void refuseALetter(Place place, Errors error, int from, int to) throws Exception {
    broker.refuse(place, topic("dead-letters"), error, 1);
    stream.produce(from, to);
    await(() -> broker.hasRefused(topic("dead-letters")));
  }

  private PredictorService trainedPredictor() throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, BAD);
    await(() -> records(trainer) == BAD);
    assertThat(trainer.stop(PATIENCE)).isTrue();
    PredictorService predictor =
        new PredictorService(
            stream.configuration().predictor(), health, metrics, (name, e) -> failures.add(e));
    predictor.start();
    await(() -> health.reasonsAgainstReadiness().isEmpty());
    return predictor;
  }

  private void call(PredictorService predictor, int from, int to) throws Exception {
    try (PredictorClient client =
        new PredictorClient(ClientOptions.of(new Address("127.0.0.1", predictor.port())))) {
      for (int call = from; call < to; call++) {
        client.predict(
            PredictionRequest.to(stream.configuration().model())
                .id("call" + call)
                .numbers("f", new float[] {1}));
      }
    }
  }

  /** Returns the keys of the predictions that are written down; each is there once. */
  private Set<String> logged() {
    List<String> keys = keys(topic("log"));
    assertThat(keys).doesNotHaveDuplicates();
    return Set.copyOf(keys);
  }

  private String topic(String suffix) {
    return stream.configuration().model() + "." + suffix;
  }

  private void sendPairs(int from, int to) {
    for (int pair = from; pair < to; pair++) {
      stream.send(topic("features"), "k" + pair, "{\"x\":1}");
      stream.send(topic("labels"), "k" + pair, "{\"y\":\"a\"}");
      stream.send(topic("labels"), "k" + pair, "{\"y\":\"a\"}");
    }
    stream.flush();
  }

  private void awaitAllJoined(JoinerService joiner) throws InterruptedException {
    await(() -> joined().size() >= PAIRS && stream.committed(topic("unjoined")).size() >= PAIRS);
    assertThat(joiner.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(joined()).hasSize(PAIRS).doesNotHaveDuplicates();
    assertThat(stream.committed(topic("unjoined"))).hasSize(PAIRS);
  }

  private List<String> joined() {
    return keys(topic("records"));
  }

  private List<String> keys(String topic) {
    return stream.committed(topic).stream().map(record -> new String(record.key(), UTF_8)).toList();
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

  private TrainerService trainer() {
    TrainerService trainer =
        new TrainerService(
            stream.configuration().trainer(), health, metrics, (name, e) -> failures.add(e));
    progress = trainer::progress;
    trainer.start();
    return trainer;
  }

  private JoinerService joiner() {
    JoinerService joiner =
        new JoinerService(
            stream.configuration().joiner().orElseThrow(),
            health,
            metrics,
            (name, e) -> failures.add(e));
    joiner.start();
    return joiner;
  }

  private double count(String name) {
    return metrics.registry().get("millrace.prediction.log." + name).counter().count();
  }

  private static long records(TrainerService trainer) {
    return trainer.progress().learning().counts().records();
  }

  private void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(failures).as(this::state).isEmpty();
      assertThat(System.nanoTime()).as(this::state).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Returns all that can explain why a service does not go on. */
  private String state() {
    return "%s%ncovered: %s%nnot ready: %s%n%s"
        .formatted(
            progress.get(),
            stream.coveredOrWhyNot(),
            health.reasonsAgainstReadiness(),
            JavaProcess.threads(ProcessHandle.current().pid()));
  }
}
