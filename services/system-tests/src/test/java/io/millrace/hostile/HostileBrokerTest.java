package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.Summary;
import io.millrace.cli.invocation.Configuration;
import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.PredictionRequest;
import io.millrace.client.PredictorClient;
import io.millrace.joiner.JoinerService;
import io.millrace.predictor.PredictorService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For every topic that a service writes: it goes on, and nothing is lost or comes twice. */
class HostileBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RECORDS = HostileStream.RECORDS;
  private static final int BAD = RECORDS / HostileStream.BAD_EVERY;

  @TempDir private Path folder;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private static int models;
  private static HostileBroker broker;
  private HostileStream stream;

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
    "checkpoints, UNKNOWN_SERVER_ERROR",
    "checkpoints.manifest, UNKNOWN_SERVER_ERROR",
    "events, UNKNOWN_SERVER_ERROR",
    "dead-letters, UNKNOWN_SERVER_ERROR",
    "dead-letters, NOT_ENOUGH_REPLICAS",
  })
  void trainer_writesFail_everyRecordIsLearnedOnceAndEachBadOneIsOneLetter(
      String suffix, Errors error) throws Exception {
    String topic = topic(suffix);
    TrainerService trainer = trainer();
    stream.produce(0, RECORDS / 2);
    await(() -> records(trainer) >= RECORDS / 4);
    broker.refuse(topic, error, 2);
    stream.produce(RECORDS / 2, RECORDS);

    awaitAllLearned(trainer);

    assertThat(broker.hasRefused(topic) || suffix.equals("events")).isTrue();
    assertThat(letters()).hasSize(BAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVALID_TIMESTAMP", "INVALID_RECORD", "TOPIC_AUTHORIZATION_FAILED"})
  void trainer_lettersAreRefused_everyRecordIsLearnedAndTheLettersAreThereOrCounted(Errors error)
      throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, RECORDS / 2);
    await(() -> records(trainer) >= RECORDS / 4);
    broker.refuse(topic("dead-letters"), error, 2);
    stream.produce(RECORDS / 2, RECORDS);

    awaitAllLearned(trainer);

    long unwritten = trainer.progress().unwritten();
    assertThat(broker.hasRefused(topic("dead-letters"))).isTrue();
    assertThat(unwritten).isPositive();
    assertThat(letters().size() + unwritten).isEqualTo(BAD);
  }

  @Test
  void trainer_answersBreakOffAndComeLateAndTheBrokerRestarts_everyRecordIsLearnedOnce()
      throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, RECORDS / 2);
    broker.breakOff(3);
    await(broker::hasBrokenOff);
    broker.delay(50);
    stream.produce(RECORDS / 2, RECORDS);
    broker.restart();
    broker.delay(0);

    awaitAllLearned(trainer);

    assertThat(letters()).hasSize(BAD);
  }

  @ParameterizedTest
  @CsvSource({
    "records, INVALID_TIMESTAMP",
    "records, UNKNOWN_SERVER_ERROR",
    "unjoined, MESSAGE_TOO_LARGE",
    "join-entries-changelog, UNKNOWN_SERVER_ERROR",
    "join-expiries-changelog, UNKNOWN_SERVER_ERROR",
    "join-ledger-changelog, UNKNOWN_SERVER_ERROR",
  })
  void joiner_writesFail_everyPairIsJoinedOnceAtTheLatestByItsSuccessor(String suffix, Errors error)
      throws Exception {
    String topic = topic(suffix);
    JoinerService first = joiner();
    sendPairs(0, 50);
    await(() -> joined().size() == 50);
    broker.refuse(topic, error, 1);
    sendPairs(50, 100);
    await(() -> broker.hasRefused(topic) && (joined().size() == 100 || !failures.isEmpty()));
    assertThat(first.stop(PATIENCE)).isTrue();
    failures.clear();

    JoinerService second = joiner();
    await(() -> joined().size() >= 100);
    assertThat(second.stop(PATIENCE)).isTrue();

    assertThat(new HashSet<>(joined())).hasSameSizeAs(joined()).hasSize(100);
    assertThat(stream.committed(topic("unjoined"))).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVALID_TIMESTAMP", "TOPIC_AUTHORIZATION_FAILED"})
  void predictor_logIsRefused_everyCallIsAnsweredAndEachPredictionThereOrCounted(Errors error)
      throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, RECORDS);
    PredictorService predictor = predictor();
    await(() -> health.reasonsAgainstReadiness().isEmpty());
    broker.refuse(topic("log"), error, 2);

    try (PredictorClient client =
        new PredictorClient(ClientOptions.of(new Address("127.0.0.1", predictor.port())))) {
      for (int call = 0; call < 100; call++) {
        client.predict(
            PredictionRequest.to(stream.configuration().model()).numbers("f", new float[] {1}));
      }
    }
    await(() -> count("written") + count("dropped") == 100);

    assertThat(count("dropped")).isPositive();
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(trainer.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
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

  private List<String> joined() {
    return stream.committed(topic("records")).stream()
        .map(record -> new String(record.key(), UTF_8))
        .toList();
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
    await(() -> records(trainer) == RECORDS);
    assertThat(trainer.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
    Summary newest = newest();
    assertThat(newest.counts().records()).isEqualTo(RECORDS);
    assertThat(newest.counts().rejected()).isEqualTo(BAD);
  }

  private Summary newest() {
    Configuration configuration = stream.configuration();
    try (CheckpointReader reader =
        new CheckpointReader(
            stream.clients().consumer("test"),
            configuration.trainer().checkpoints().topics(),
            configuration.model())) {
      return reader.latest().orElseThrow().summary();
    }
  }

  private TrainerService trainer() {
    TrainerService trainer =
        new TrainerService(
            stream.configuration().trainer(), health, metrics, (name, e) -> failures.add(e));
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

  private PredictorService predictor() throws InterruptedException {
    PredictorService predictor =
        new PredictorService(
            stream.configuration().predictor(), health, metrics, (name, e) -> failures.add(e));
    predictor.start();
    return predictor;
  }

  private double count(String name) {
    return metrics.registry().get("millrace.prediction.log." + name).counter().count();
  }

  private static long records(TrainerService trainer) {
    return trainer.progress().learning().counts().records();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
